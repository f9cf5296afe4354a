/* Who runs plumb, in which run of which CI, and when. */
#include <pwd.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "record/record.h"

static const char *set_variable(const char *name)
{
    const char *value = getenv(name);

    return value && *value ? value : NULL;
}

/* Who made a CI run: GitHub (and what speaks like it: Forgejo, Gitea), GitLab, Buildkite, CircleCI, Azure
 * Pipelines, Jenkins, Woodpecker. */
static const char *const actors[] = {
    "PLUMB_ACTOR",        "GITHUB_TRIGGERING_ACTOR", "GITHUB_ACTOR",
    "GITLAB_USER_LOGIN",  "BUILDKITE_BUILD_CREATOR", "CIRCLE_USERNAME",
    "BUILD_REQUESTEDFOR", "BUILD_USER_ID",           "CI_PIPELINE_AUTHOR"};

const char *origin_actor(struct arena *arena)
{
    const struct passwd *user;

    for (size_t i = 0; i < sizeof(actors) / sizeof(*actors); i++)
        if (set_variable(actors[i]))
            return arena_strdup(arena, set_variable(actors[i]));
    user = getpwuid(geteuid());
    return user ? arena_strdup(arena, user->pw_name) : arena_printf(arena, "%ld", (long)geteuid());
}

/* A variable that holds the page itself, or parts of it with what stands before each. */
static const struct {
    const char *variables[3];
    const char *before[3];
} pages[] = {
    {{"PLUMB_RUN_URL"}, {""}},
    {{"GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID"}, {"", "/", "/actions/runs/"}},
    {{"CI_JOB_URL"}, {""}},
    {{"CI_PIPELINE_URL"}, {""}},
    {{"BUILD_URL"}, {""}},
    {{"BUILDKITE_BUILD_URL"}, {""}},
    {{"CIRCLE_BUILD_URL"}, {""}},
    {{"TRAVIS_BUILD_WEB_URL"}, {""}},
    {{"SYSTEM_COLLECTIONURI", "SYSTEM_TEAMPROJECT", "BUILD_BUILDID"},
     {"", "", "/_build/results?buildId="}},
    {{"CI_PIPELINE_FORGE_URL"}, {""}},
};

const char *origin_run_url(struct arena *arena)
{
    for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
        const char *url = "";

        for (size_t part = 0; part < 3 && pages[i].variables[part] && url; part++) {
            const char *value = set_variable(pages[i].variables[part]);

            url = value ? arena_printf(arena, "%s%s%s", url, pages[i].before[part], value) : NULL;
        }
        if (url)
            return url;
    }
    return NULL;
}

const char *origin_now(struct arena *arena)
{
    time_t now = time(NULL);
    struct tm parts;
    char text[32];

    gmtime_r(&now, &parts);
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return arena_strdup(arena, text);
}
