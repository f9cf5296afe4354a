/* The way through a model that is resolved: in which order, and what an error says. */
#include "../world.h"

#include <stdlib.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/operation.h"
#include "dialect/resolve.h"

struct resolver {
    struct buffer seen;
    const char *bad; /* the name of what is not resolved */
    struct error *error;
};

static bool see(struct resolver *resolver, struct object *object)
{
    if (resolver->bad && strcmp(object->name, resolver->bad) == 0)
        return error_set(resolver->error, ERROR_SCHEMA, "not this one");
    buffer_printf(&resolver->seen, " %s", object->name);
    return true;
}

static const char *query_text(const struct object *object)
{
    return object->kind == KIND_VIEW ? as_view(object)->query.written : NULL;
}

static void assert_seen(struct resolver *resolver, const char *wanted)
{
    assert_string_equal(buffer_text(&resolver->seen), wanted);
    buffer_free(&resolver->seen);
}

/* A view comes after those it reads, by the names that their texts still use; removed ones do not come. */
static void test_queries(void **state)
{
    struct world world =
        OPEN("s = schema s", "a = view a in s | query = select from b", "t = table t in s",
             "b = view b2 in s | query = select from c | was b", "c = view c in s | query = select",
             "d = view d in s | query = select");
    struct error error = {0};
    struct resolver resolver = {.seen = BUFFER_EMPTY, .error = &error};

    (void)state;
    model_remove(world.model, get(&world, "d"));
    assert_true(resolve_queries(&resolver, world.model, query_text, see, &error));
    assert_seen(&resolver, " c b2 a");
    assert_true(resolve_objects(&resolver, world.model, see, &error));
    assert_seen(&resolver, " s a t b2 c");
    world_free(&world);
}

/* It ends at the first error, which gets the place of its object. */
static void test_errors(void **state)
{
    struct world world = OPEN("s = schema s", "t = table t in s", "u = table u in s");
    struct error error = {0};
    struct resolver resolver = {.seen = BUFFER_EMPTY, .bad = "t", .error = &error};

    (void)state;
    get(&world, "t")->location = (struct location){.file = "t.sql", .line = 3, .column = 5};
    assert_false(resolve_objects(&resolver, world.model, see, &error));
    assert_seen(&resolver, " s u"); /* what else is wrong is looked for */
    assert_string_equal(error.file, "t.sql");
    assert_int_equal(error.line, 3);
    assert_int_equal(error.column, 5);
    get(&world, "u")->location.file = "u.sql";
    resolve_place_error(get(&world, "u"), &error);
    assert_string_equal(error.file, "t.sql");
    world_free(&world);
}

static bool see_names(struct resolver *resolver, struct object *object)
{
    if (strchr("tuv", *object->name))
        return error_set(resolver->error, ERROR_SCHEMA, "there is no column %s",
                         *object->name == 't'   ? "nope"
                         : *object->name == 'u' ? "gone"
                                                : "t");
    return true;
}

/* All that is wrong is told, each at its word, but not what speaks of something that is wrong itself. */
static void test_places_of_all(void **state)
{
    char path[] = "/tmp/plumb-resolve-XXXXXX";
    static const char text[] = "-- first\nCREATE t (nope);\n  CREATE u (gone); CREATE v (t);\n";
    struct world world =
        OPEN("s = schema s", "t = table t in s", "u = table u in s", "v = table v in s");
    struct operation operation;
    struct further_errors further;
    struct error error = {0};
    struct resolver resolver = {.seen = BUFFER_EMPTY, .error = &error};
    int file = mkstemp(path);

    (void)state;
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
    get(&world, "t")->location = (struct location){.file = path, .line = 2, .column = 1};
    get(&world, "u")->location = (struct location){.file = path, .line = 3, .column = 3};
    get(&world, "v")->location = (struct location){.file = path, .line = 3, .column = 20};
    operation_begin(&operation, NULL, &error);
    assert_int_equal(setjmp(operation.way_out), 0);
    assert_false(resolve_objects(&resolver, world.model, see_names, &error));
    further = operation_take_errors(&operation);
    assert_string_equal(error.message, "there is no column nope");
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 11);
    assert_string_equal(error.source, "CREATE t (nope);");
    assert_int_equal(further.count, 1);
    assert_int_equal(further.items[0].line, 3);
    assert_int_equal(further.items[0].column, 13);
    free(further.items);
    /* A word that whoever resolves knows better. */
    error = (struct error){.code = ERROR_SCHEMA, .message = "something is wrong"};
    resolve_place_error_at(get(&world, "u"), "gone", &error);
    assert_int_equal(error.column, 13);
    error = (struct error){.code = ERROR_SCHEMA, .message = "something is wrong"};
    resolve_place_error_at(get(&world, "u"), "on", &error); /* a part of one is none */
    assert_int_equal(error.column, 3);
    operation_end(&operation);
    world_free(&world);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_queries),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_places_of_all),
    };

    return RUN(tests);
}
