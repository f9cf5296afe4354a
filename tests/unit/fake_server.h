/* A server for tests of what runs, records and compares: its dialect is the planner's fake one, its
 * catalog the lines of a world, its record a file. A table's line stands for no statement: what the
 * plan runs is written down, and does not change the catalog. */
#ifndef PLUMB_TESTS_FAKE_SERVER_H
#define PLUMB_TESTS_FAKE_SERVER_H

#include "plan/fake_dialect.h"

#include <stdio.h>
#include <unistd.h>

#include "core/buffer.h"
#include "model/snapshot.h"
#include "record/record.h"

struct connection {
    const char *const *catalog;
    const char *holder;         /* of the lock */
    const char *means_the_same; /* the server says that a text is this one, whatever it is */
    bool read_only;
    int reads;
    int asked;
};

static inline bool fake_read(struct connection *connection, struct model *model,
                             struct error *error)
{
    (void)error;
    world_fill(model, connection->catalog, 0);
    connection->reads++;
    return true;
}

/* The text as it was written is the canonical one. */
static inline bool fake_resolve(struct model *model, int version, struct error *error)
{
    (void)version;
    (void)error;
    for (size_t i = 0; i < model->count; i++) {
        struct fields fields = kind_fields(model->objects[i]->kind);

        for (size_t j = 0; j < fields.count; j++)
            if (fields.items[j].type == FIELD_EXPRESSION) {
                struct expression *expression = field_of(model->objects[i], &fields.items[j]);

                expression->canonical = expression->written;
            }
    }
    return true;
}

static inline void fake_reconcile(struct model *from, struct model *to, const struct manage *manage)
{
    (void)from;
    (void)to;
    (void)manage;
}

static inline bool fake_ask(struct connection *connection, struct model *from, struct model *to,
                            const struct pointer_list *from_objects,
                            const struct pointer_list *to_objects, struct pointer_list *unasked,
                            struct error *error)
{
    (void)from;
    (void)error;
    connection->asked++;
    for (size_t i = 0; i < to_objects->count; i++) {
        struct object *declared = to_objects->items[i];
        const struct object *held = from_objects->items[i];
        const struct field *field = main_field(declared->kind);
        struct expression *expression = field_of(declared, field);

        if (connection->means_the_same &&
            strcmp(expression->written, connection->means_the_same) == 0)
            expression->canonical = ((const struct expression *)field_of(held, field))->canonical;
        else
            pointer_list_add(unasked, to->arena, declared);
    }
    return true;
}

static inline int fake_version(const struct connection *connection)
{
    (void)connection;
    return 1;
}

static inline bool fake_is_read_only(const struct connection *connection)
{
    return connection->read_only;
}

static inline bool fake_lock_holder(struct connection *connection, struct arena *arena,
                                    const char **holder, struct error *error)
{
    (void)arena;
    (void)error;
    *holder = connection->holder;
    return true;
}

static const struct dialect_states fake_states = {.read = fake_read};

static const struct dialect_comparing fake_comparing = {
    .resolve = fake_resolve, .reconcile = fake_reconcile, .ask = fake_ask};

static const struct dialect_locking fake_locking = {.holder = fake_lock_holder};

/* What a test may want otherwise: the dialect points to it. */
static struct dialect_running fake_running;

/* The planner's fake dialect with a server behind it. */
static inline struct dialect fake_server(void)
{
    struct dialect dialect = fake_dialect;

    fake_running =
        (struct dialect_running){.server_version = fake_version, .read_only = fake_is_read_only};
    dialect.states = &fake_states;
    dialect.comparing = &fake_comparing;
    dialect.running = &fake_running;
    dialect.locking = &fake_locking;
    return dialect;
}

/* The snapshot of a world's lines, in the arena. */
static inline const char *snapshot_of(struct arena *arena, const char *const *lines)
{
    struct world world = world_open(lines, 0);
    struct buffer text = BUFFER_EMPTY;
    const char *copy;

    snapshot_write(world.model, &text);
    copy = arena_strdup(arena, buffer_text(&text));
    buffer_free(&text);
    world_free(&world);
    return copy;
}

static inline const char *digest_of_snapshot(struct arena *arena, const char *snapshot)
{
    char *digits = arena_alloc(arena, 33);

    digest_print(snapshot_digest(snapshot), digits);
    return digits;
}

/* A record in a file that nobody else has; path: a template that mkstemp fills. */
static inline struct store *new_store(char *path)
{
    struct error error = {0};
    struct store *store;

    close(mkstemp(path));
    unlink(path);
    store = store_of_file(path, &error);
    assert_non_null(store);
    return store;
}

/* Writes a schema and gives its digest, in the arena. */
static inline const char *put_schema(struct store *store, struct arena *arena,
                                     const char *const *lines)
{
    const char *snapshot = snapshot_of(arena, lines);
    const char *digest = digest_of_snapshot(arena, snapshot);
    struct record_schema schema = {.snapshot = snapshot};
    struct error error = {0};

    assert_true(record_write_schema(store, digest, "fake", &schema, &error));
    return digest;
}

#endif
