/* The generated tables as arrays. */
#include "postgres/facts/builtin.h"

#include <stddef.h>
#include <string.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

const struct builtin_type builtin_types[] = {
#define BUILTIN_TYPE(...) {__VA_ARGS__},
#include "postgres/facts/builtin.def"
};
const int builtin_type_count = COUNT(builtin_types);

const struct builtin_function builtin_functions[] = {
#define BUILTIN_FUNCTION(...) {__VA_ARGS__},
#include "postgres/facts/builtin.def"
};
const int builtin_function_count = COUNT(builtin_functions);

const struct builtin_operator builtin_operators[] = {
#define BUILTIN_OPERATOR(...) {__VA_ARGS__},
#include "postgres/facts/builtin.def"
};
const int builtin_operator_count = COUNT(builtin_operators);

const struct builtin_cast builtin_casts[] = {
#define BUILTIN_CAST(...) {__VA_ARGS__},
#include "postgres/facts/builtin.def"
};
const int builtin_cast_count = COUNT(builtin_casts);

const struct builtin_class builtin_classes[] = {
#define BUILTIN_CLASS(...) {__VA_ARGS__},
#include "postgres/facts/builtin.def"
};
const int builtin_class_count = COUNT(builtin_classes);

const struct builtin_relation builtin_relations[] = {
#define BUILTIN_RELATION(...) {__VA_ARGS__},
#include "postgres/facts/builtin.def"
};
const int builtin_relation_count = COUNT(builtin_relations);

const int16_t builtin_arguments[] = {
#define BUILTIN_ARGUMENTS(...) __VA_ARGS__,
#include "postgres/facts/builtin.def"
};

const char builtin_details[] =
#define BUILTIN_DETAILS(text) text
#include "postgres/facts/builtin.def"
    ;

static const struct {
    const char *name;
    const char *members;
} extensions[] = {
#define EXTENSION_BEGIN(name)                                                                      \
    {                                                                                              \
        name, ""
#define EXTENSION_END                                                                              \
    }                                                                                              \
    ,
#include "postgres/facts/extension.def"
#include "postgres/facts/packaged.def"
};

const char *builtin_extension(const char *name)
{
    for (int i = 0; i < COUNT(extensions); i++)
        if (strcmp(extensions[i].name, name) == 0)
            return extensions[i].members;
    return NULL;
}
