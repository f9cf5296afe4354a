/* The rows of builtin.def: fixed-size, without pointers, so that loading them costs nothing. */
#ifndef PLUMB_POSTGRES_FACTS_BUILTIN_H
#define PLUMB_POSTGRES_FACTS_BUILTIN_H

#include <stdbool.h>
#include <stdint.h>

struct builtin_type {
    char name[40];
    char type_class;
    char category;
    bool preferred;
    bool collatable;
    int16_t element; /* types are named by their place; -1 none */
    int16_t array;
    int16_t subtype;
    int8_t first; /* majors that have the row; 0 no limit */
    int8_t last;
};

struct builtin_function {
    char name[56];
    char kind;
    int8_t argument_count;
    int8_t default_count;
    bool variadic;
    bool returns_set;
    int16_t result;
    int16_t arguments; /* place in builtin_arguments */
    uint16_t details;  /* place in builtin_details */
    int8_t first;
    int8_t last;
};

struct builtin_operator {
    char name[8];
    int16_t left;
    int16_t right;
    int16_t result;
    int8_t first;
    int8_t last;
};

struct builtin_cast {
    int16_t source;
    int16_t target;
    char context;
    char method;
    int8_t first;
    int8_t last;
};

struct builtin_class {
    char access_method[8];
    char name[32];
    int16_t type;
    int8_t first;
    int8_t last;
};

struct builtin_relation {
    char schema[24];
    char name[48];
    char kind;
    uint32_t details; /* its columns */
    int8_t first;
    int8_t last;
};

/* All sorted by bytes of their names (casts by source and target). */
extern const struct builtin_type builtin_types[];
extern const int builtin_type_count;
extern const struct builtin_function builtin_functions[];
extern const int builtin_function_count;
extern const struct builtin_operator builtin_operators[];
extern const int builtin_operator_count;
extern const struct builtin_cast builtin_casts[];
extern const int builtin_cast_count;
extern const struct builtin_class builtin_classes[];
extern const int builtin_class_count;
extern const struct builtin_relation builtin_relations[];
extern const int builtin_relation_count;
extern const int16_t builtin_arguments[];
extern const char builtin_details[];

/* The text of extension.def or packaged.def for one extension, NULL if unknown: a line a member, see builtin_facts.py. */
const char *builtin_extension(const char *name);

#endif
