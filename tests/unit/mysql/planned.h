/* Plans between two models made by hand, as the MySQL dialect writes them. */
#ifndef PLUMB_TESTS_MYSQL_PLANNED_H
#define PLUMB_TESTS_MYSQL_PLANNED_H

#include "../world.h"

#include "mysql/facts/flavor.h"
#include "mysql/write/rules.h"
#include "mysql/write/write.h"
#include "plan/plan.h"

static const struct dialect_planning planning_table = {
    .field_rule = my_field_rule,
    .must_replace = my_must_replace,
    .must_end_dependent = my_must_end_dependent,
    .holds = my_holds,
    .folds_into = my_folds_into,
    .joins = my_joins,
    .ends_with = my_ends_with,
    .slot = my_slot,
};

static const struct dialect_writing writing_table = {
    .create = my_create,
    .drop = my_drop,
    .alter = my_alter,
    .alter_joined = my_alter_joined,
    .rename = my_rename,
    .session = my_session,
};

static const struct dialect planning = {
    .name = "planning",
    .planning = &planning_table,
    .writing = &writing_table,
};

#define MYSQL 90704
#define MARIADB 101119

struct planned {
    struct world from;
    struct world to;
    struct plan *plan;
};

static inline struct planned planned_new(const char *const *from, const char *const *to,
                                         int version)
{
    struct planned planned = {.from = world_open(from, 0), .to = world_open(to, 0)};
    struct error error = {0};

    planned.from.model->server_version = version;
    planned.to.model->server_version = version;
    model_seal(planned.from.model);
    model_seal(planned.to.model);
    planned.plan = plan_make(&planning, planned.from.model, planned.to.model, &error);
    if (!planned.plan)
        fail_msg("%s", error.message);
    return planned;
}

static inline void planned_free(struct planned *planned)
{
    plan_free(planned->plan);
    world_free(&planned->from);
    world_free(&planned->to);
}

static inline const char *planned_sql(const struct planned *planned)
{
    struct text_list texts = {0};
    struct arena *arena = planned->plan->arena;

    for (size_t i = 0; i < planned->plan->steps.count; i++) {
        const struct step *step = &planned->plan->steps.items[i];

        for (size_t j = 0; j < step->prepares.count; j++)
            text_list_add(&texts, arena, step->prepares.items[j]);
        text_list_add(&texts, arena, step->sql);
        for (size_t j = 0; j < step->restores.count; j++)
            text_list_add(&texts, arena, step->restores.items[j]);
    }
    return text_list_join(&texts, arena, ";\n");
}

static inline void expect(const char *const *from, const char *const *to, int version,
                          const char *sql)
{
    struct planned planned = planned_new(from, to, version);

    assert_string_equal(planned_sql(&planned), sql);
    planned_free(&planned);
}

static inline uint64_t hazards(const char *const *from, const char *const *to, int version)
{
    struct planned planned = planned_new(from, to, version);
    uint64_t found = planned.plan->hazards;

    planned_free(&planned);
    return found;
}

#define BIT_OF(hazard) (UINT64_C(1) << HAZARD_##hazard)

/* Lines of a model: the database, and a table t of the columns a and b unless the test says more. */
#define DATABASE "d = schema - | collation = utf8mb4_0900_ai_ci"
#define TABLE(order)                                                                               \
    DATABASE, "t = table t in d | access_method = InnoDB | collation = utf8mb4_0900_ai_ci | "      \
              "column_order = " order
#define COLUMN(name, type) name " = column " name " in t | type = " type

#endif
