/* Measures what drift costs where nothing has changed, against reading the catalog alone:
 *
 *   drift_speed URL [ROUNDS]     the database has to have a record
 *
 * Both are measured in turns in one run; the least of each counts. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "plumb.h"
#include "library/library.h"

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Seconds, negative with an error. */
static double measure_reading(const struct plumb_model *target, struct plumb_error *error)
{
    double start = now();
    struct model *model = model_new("speed");
    bool ok = target->state.dialect->states->read(target->state.connection, model, &error->error);
    double seconds = now() - start;

    model_free(model);
    return ok ? seconds : -1;
}

static double measure_drift(const struct plumb_model *target, struct plumb_error *error)
{
    static const struct plumb_options options = PLUMB_OPTIONS_INIT;
    double start = now();
    struct plumb_drift *drift = plumb_drift_find(target, NULL, &options, error);
    double seconds = now() - start;
    bool none = drift && plumb_drift_status(drift) == PLUMB_DRIFT_NONE;

    if (drift && !none)
        error_set(&error->error, ERROR_USAGE, "there is drift: that is another measurement");
    plumb_drift_free(drift);
    return none ? seconds : -1;
}

static int run(const struct plumb_model *target, int rounds, struct plumb_error *error)
{
    double reading = 1e9;
    double drift = 1e9;

    for (int i = 0; i < rounds; i++) {
        double seconds = measure_reading(target, error);
        double other = seconds < 0 ? -1 : measure_drift(target, error);

        if (other < 0)
            return 1;
        reading = seconds < reading ? seconds : reading;
        drift = other < drift ? other : drift;
    }
    printf("catalog %.3f s, drift %.3f s, ratio %.2f\n", reading, drift, drift / reading);
    return 0;
}

int main(int count, char **arguments)
{
    struct plumb_error *error = plumb_error_new();
    struct plumb_model *target = count > 1 ? plumb_connect(arguments[1], NULL, error) : NULL;
    int status = target ? run(target, count > 2 ? atoi(arguments[2]) : 5, error) : 1;

    if (status)
        fprintf(stderr, "drift_speed: %s\n",
                count > 1 ? plumb_error_message(error) : "drift_speed URL [ROUNDS]");
    plumb_model_free(target);
    plumb_error_free(error);
    return status;
}
