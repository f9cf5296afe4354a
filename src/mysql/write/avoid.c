/* How a step could be done without what it costs. */
#include "mysql/write/write.h"

const char *my_avoid(const struct step *step, enum hazard hazard)
{
    bool costs = hazard == HAZARD_REWRITE_TABLE || hazard == HAZARD_BLOCK_READS ||
                 hazard == HAZARD_BLOCK_WRITES || hazard == HAZARD_SCAN_TABLE;

    return costs && step->alter_clauses
               ? "--osc COMMAND has a tool such as gh-ost alter the table without blocking it."
               : NULL;
}
