/* Renames that follow from the models themselves: an object whose name the author left to the server
 * is the object of another name that does the same in the same place. */
#ifndef PLUMB_DIFF_INFER_H
#define PLUMB_DIFF_INFER_H

#include "model/model.h"

/* For each object of the wanted model whose name was chosen by rule (name_chosen) and which from does
 * not have: when from has exactly one of that kind under the same parent which the wanted model does
 * not have and which equals it but for expressions, that one is renamed in from (as by
 * rename_apply). Both unresolved. */
void infer_renames(struct model *from, const struct model *wanted);

#endif
