/* What a step costs those who use an existing table meanwhile. */
#include "plan/cost.h"

#include "model/family.h"

static const double read_per_second = 100.0 * 1024 * 1024;
static const double rewritten_per_second = 20.0 * 1024 * 1024;
static const double instant_seconds = 0.2;

const char *cost_class_name(enum cost_class class)
{
    static const char *const names[] = {[COST_INSTANT] = "instant",
                                        [COST_SECONDS] = "seconds",
                                        [COST_MINUTES] = "minutes",
                                        [COST_HOURS] = "hours",
                                        [COST_UNKNOWN] = "unknown"};

    return names[class];
}

double cost_seconds(struct table_size size, bool reads, bool rewrites)
{
    if (!reads && !rewrites)
        return 0;
    if (!size.known)
        return -1;
    return (double)size.bytes / (rewrites ? rewritten_per_second : read_per_second);
}

enum cost_class cost_class_of(double seconds)
{
    if (seconds < 0)
        return COST_UNKNOWN;
    if (seconds < instant_seconds)
        return COST_INSTANT;
    if (seconds < 60)
        return COST_SECONDS;
    return seconds < 3600 ? COST_MINUTES : COST_HOURS;
}

static bool has_hazard(const struct step *step, enum hazard hazard)
{
    return step->hazards >> hazard & 1;
}

/* The table as the target has it. */
static const struct object *existing_table(const struct plan *plan, const struct step *step)
{
    const struct object *locked = step->lock == LOCK_NONE ? NULL : step_locked(step);

    return locked && object_family(locked) == locked ? model_find_key(plan->from, locked->key)
                                                     : NULL;
}

struct step_cost step_cost(const struct plan *plan, const struct step *step)
{
    struct step_cost cost = {.table = existing_table(plan, step)};

    cost.rewrites = step->rewrites || has_hazard(step, HAZARD_REWRITE_TABLE);
    cost.reads = cost.rewrites || step->scans || has_hazard(step, HAZARD_SCAN_TABLE) ||
                 has_hazard(step, HAZARD_BLOCK_WRITES);
    cost.blocks = plan_lock_blocks(plan, step->lock);
    if (cost.table)
        cost.size = cost.table->size;
    cost.seconds = cost_seconds(cost.size, cost.reads, cost.rewrites);
    cost.class = cost_class_of(cost.seconds);
    return cost;
}

static struct table_block *block_of(struct table_blocks *blocks, const struct object *table)
{
    for (size_t i = 0; i < blocks->count; i++)
        if (blocks->items[i].table == table)
            return &blocks->items[i];
    blocks->items[blocks->count] = (struct table_block){.table = table};
    return &blocks->items[blocks->count++];
}

/* Adds what the step takes to one of the tables that are locked by then. */
static void add_time(struct table_block *block, const struct step *step, double seconds)
{
    if (!block->first || (cost_class_of(block->seconds) == COST_INSTANT && seconds != 0))
        block->first = step;
    block->seconds = block->seconds < 0 || seconds < 0 ? -1 : block->seconds + seconds;
}

struct table_blocks cost_blocks(const struct plan *plan, struct arena *arena)
{
    struct table_blocks blocks = {
        .items = ARENA_ARRAY(arena, struct table_block, plan->steps.count + 1)};
    bool *held = ARENA_ARRAY(arena, bool, plan->steps.count + 1);
    bool commits = plan->dialect->running && plan->dialect->running->ddl_commits;

    for (size_t i = 0; i < plan->steps.count; i++) {
        const struct step *step = &plan->steps.items[i];
        struct step_cost cost = step_cost(plan, step);
        bool released = commits || step->transaction == TRANSACTION_NEVER || !i ||
                        step[-1].group != step->group;

        for (size_t j = 0; j < blocks.count && released; j++)
            held[j] = false;
        if (cost.table && cost.blocks >= BLOCK_WRITERS) {
            struct table_block *block = block_of(&blocks, cost.table);

            held[block - blocks.items] = true;
            if (cost.blocks > block->blocks)
                block->blocks = cost.blocks;
        }
        for (size_t j = 0; j < blocks.count; j++)
            if (held[j])
                add_time(&blocks.items[j], step, cost.seconds);
    }
    return blocks;
}
