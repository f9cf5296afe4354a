/* plumb history TARGET: the list of entries, one of them, the difference between two, or the schema
 * after one. "diff" and "show" may stand before or behind the target. */
#include "cli/commands.h"

#include <stdlib.h>
#include <string.h>

struct question {
    bool diff;
    bool show;
    const char *target;
    int64_t numbers[2];
    size_t count;
};

static bool is_number(const char *text)
{
    return *text && text[strspn(text, "0123456789")] == '\0';
}

static bool check_question(const struct question *question, struct plumb_error *error)
{
    bool ok = question->count == (question->diff ? 2u : question->show ? 1u : question->count > 0);

    if (ok && question->target)
        return true;
    if (!question->target)
        fail_with(error, PLUMB_USAGE, "plumb history needs a target");
    else
        fail_with(error, PLUMB_USAGE, "%s",
                  question->diff ? "history diff needs the numbers of two entries"
                                 : "history shows one entry at a time");
    return advise(error, "plumb history --help has examples.");
}

static bool read_question(const struct options *options, struct question *question,
                          struct plumb_error *error)
{
    for (size_t i = 0; i < options->states.count; i++) {
        const char *word = options->states.items[i];

        if (strcmp(word, "diff") == 0)
            question->diff = true;
        else if (strcmp(word, "show") == 0)
            question->show = true;
        else if (is_number(word) && question->count < 2)
            question->numbers[question->count++] = strtoll(word, NULL, 10);
        else if (!question->target)
            question->target = word;
        else
            return fail_with(error, PLUMB_USAGE, "plumb history does not know what %s is",
                             shown_state(options, word));
    }
    return check_question(question, error);
}

static int print_diff(const struct options *options, const struct plumb_model *target,
                      const struct question *question, struct plumb_error *error)
{
    struct plumb_options compare = options_compare(options);
    struct plumb_model *from = plumb_load_recorded(target, question->numbers[0], &compare, error);
    struct plumb_model *to =
        from ? plumb_load_recorded(target, question->numbers[1], &compare, error) : NULL;
    struct plumb_plan *plan = plan_models(options, from, to, error);
    int status = -1;

    if (!plan)
        return -1;
    if (print_plan(options, plan, format_for(options, FORMAT_TEXT), error))
        status = plumb_plan_count(plan) ? EXIT_DIFFERENT : EXIT_SAME;
    plumb_plan_free(plan);
    return status;
}

static int print_entries(const struct options *options, const struct plumb_model *target,
                         const struct question *question, struct plumb_error *error)
{
    struct plumb_options compare = options_compare(options);
    struct plumb_history *history = plumb_history_load(target, &compare, error);
    const enum plumb_format format = format_for(options, FORMAT_TEXT);
    char *text = NULL;
    bool ok;

    if (!history)
        return -1;
    text = options->show_schema ? plumb_history_schema(history, question->numbers[0], error)
                                : plumb_history_print(history, question->numbers[0], format, error);
    ok = text && show_text(options, text, options->show_schema ? PLUMB_TEXT : format, error);
    plumb_text_free(text);
    plumb_history_free(history);
    return ok ? EXIT_SAME : -1;
}

int command_history(struct options *options, struct plumb_error *error)
{
    struct question question = {0};
    struct plumb_model *target;
    int status;

    if (!read_question(options, &question, error))
        return -1;
    if (options->show_schema && !question.count) {
        fail_with(error, PLUMB_USAGE, "--schema needs the number of an entry");
        return -1;
    }
    target = connect_to(options, question.target, error);
    if (!target)
        return -1;
    status = question.diff ? print_diff(options, target, &question, error)
                           : print_entries(options, target, &question, error);
    plumb_model_free(target);
    return status;
}
