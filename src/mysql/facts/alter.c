/* Look-ups in what was tried of ALTER TABLE. */
#include "mysql/facts/alter.h"

#include <limits.h>

enum { MYSQL = MY_MYSQL, MARIADB = MY_MARIADB };

static const struct alone {
    int version;
    unsigned char vendor, action, trait, way;
} alone[] = {
#define ALONE(vendor, version, action, trait, way)                                                 \
    {version, vendor, MY_ALTER_##action, MY_TABLE_##trait, MY_WAY_##way},
#include "mysql/facts/alter.def"
};

static const struct together {
    int version;
    unsigned char vendor, first, second, way;
} together[] = {
#define TOGETHER(vendor, version, first, second, way)                                              \
    {version, vendor, MY_ALTER_##first, MY_ALTER_##second, MY_WAY_##way},
#include "mysql/facts/alter.def"
};

enum {
    ALONE_COUNT = sizeof(alone) / sizeof(*alone),
    TOGETHER_COUNT = sizeof(together) / sizeof(*together)
};

void my_alter_actions_add(struct my_alter_actions *actions, enum my_alter_action action)
{
    if (actions->times[action] < UCHAR_MAX)
        actions->times[action]++;
}

int my_alter_tried_version(struct my_flavor flavor)
{
    int oldest = INT_MAX;
    int best = 0;

    for (size_t i = 0; i < ALONE_COUNT; i++) {
        if (alone[i].vendor != flavor.vendor)
            continue;
        if (alone[i].version <= flavor.version && alone[i].version > best)
            best = alone[i].version;
        if (alone[i].version < oldest)
            oldest = alone[i].version;
    }
    return best ? best : oldest;
}

static enum my_alter_way dearer(enum my_alter_way a, unsigned char b)
{
    return a > (enum my_alter_way)b ? a : (enum my_alter_way)b;
}

/* The dearest way of two of the actions in one statement, where it is dearer than either. */
static enum my_alter_way way_together(struct my_flavor flavor, int version,
                                      const struct my_alter_actions *actions)
{
    enum my_alter_way way = MY_WAY_INSTANT;

    for (size_t i = 0; i < TOGETHER_COUNT; i++)
        if (together[i].vendor == flavor.vendor && together[i].version == version &&
            actions->times[together[i].first] > (together[i].first == together[i].second) &&
            actions->times[together[i].second])
            way = dearer(way, together[i].way);
    return way;
}

enum my_alter_way my_alter_way(struct my_flavor flavor, const struct my_alter_actions *actions,
                               uint64_t traits)
{
    int version = my_alter_tried_version(flavor);
    enum my_alter_way way = way_together(flavor, version, actions);

    traits |= UINT64_C(1) << MY_TABLE_PLAIN;
    for (size_t i = 0; i < ALONE_COUNT; i++)
        if (alone[i].vendor == flavor.vendor && alone[i].version == version &&
            actions->times[alone[i].action] && traits >> alone[i].trait & 1)
            way = dearer(way, alone[i].way);
    return way;
}

bool my_alter_joins(struct my_flavor flavor, const struct my_alter_actions *actions)
{
    return way_together(flavor, my_alter_tried_version(flavor), actions) < MY_WAY_REFUSED;
}

const char *my_alter_way_clause(enum my_alter_way way)
{
    switch (way) {
    case MY_WAY_INSTANT:
        return "ALGORITHM=INSTANT";
    case MY_WAY_INPLACE:
        return "ALGORITHM=INPLACE, LOCK=NONE";
    case MY_WAY_SHARED:
        return "ALGORITHM=INPLACE, LOCK=SHARED";
    case MY_WAY_COPY:
        return "ALGORITHM=COPY, LOCK=SHARED";
    default:
        return "";
    }
}
