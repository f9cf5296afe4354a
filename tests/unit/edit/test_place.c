/* Where what is new belongs (edit/place.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "edit/place.h"

struct folder {
    struct model *model;
    struct object *schema;
    struct text_list files;
    struct place_habit habit;
};

static void declare(struct folder *folder, enum kind kind, const char *name, const char *file)
{
    struct object *object = model_add(folder->model, kind, folder->schema, name, NULL);

    object->location.file = file;
    pointer_list_add(&folder->habit.heads, folder->model->arena, object);
    if (!text_list_contains(&folder->files, file))
        text_list_add(&folder->files, folder->model->arena, file);
}

static void expect_place(struct folder *folder, enum kind kind, const char *expected)
{
    struct model *model = model_new("new");
    struct object *schema = model_add(model, KIND_SCHEMA, NULL, "shop", NULL);
    const char *place;

    folder->habit.files = &folder->files;
    place = place_of(model->arena, &folder->habit, model_add(model, kind, schema, "items", NULL));
    if (expected)
        assert_string_equal(expected, place);
    else
        assert_null(place);
    model_free(model);
}

static void habits(void **state)
{
    struct folder folder = {.model = model_new("files"), .habit = {.folder = "s"}};

    (void)state;
    folder.schema = model_add(folder.model, KIND_SCHEMA, NULL, "shop", NULL);
    expect_place(&folder, KIND_TABLE, "s/schemas/shop/tables/items.sql");
    declare(&folder, KIND_TABLE, "users", "s/shop/tables/010_users.sql");
    expect_place(&folder, KIND_TABLE, "s/shop/tables/010_items.sql");
    expect_place(&folder, KIND_VIEW, "s/shop/views/010_items.sql");
    declare(&folder, KIND_VIEW, "a", "s/views.sql");
    declare(&folder, KIND_VIEW, "b", "s/views.sql");
    expect_place(&folder, KIND_VIEW, "s/views.sql");
    folder.habit.folder = NULL;
    expect_place(&folder, KIND_TABLE, "s/views.sql");
    model_free(folder.model);
}

static void nowhere(void **state)
{
    struct folder folder = {.model = model_new("files")};

    (void)state;
    expect_place(&folder, KIND_TABLE, NULL);
    model_free(folder.model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(habits),
        cmocka_unit_test(nowhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
