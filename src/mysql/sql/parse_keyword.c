/* Keywords: which words mean something to the grammar, and which are reserved by whom since when. */
#include <string.h>
#include <strings.h>

#include "mysql_parser.h"
#include "mysql/sql/scan.h"

static const struct my_keyword keywords[] = {
#define WORD(word, token, mysql, mariadb, stays) {#word, MY_T_##token, mysql, mariadb, stays},
#include "mysql/sql/keyword.def"
#undef WORD
};

static const size_t keyword_count = sizeof keywords / sizeof keywords[0];

const struct my_keyword *my_keyword_find(const char *word, size_t length)
{
    char upper[32];
    size_t low = 0, high = keyword_count;

    if (length == 0 || length >= sizeof upper)
        return NULL;
    for (size_t i = 0; i < length; i++)
        upper[i] = word[i] >= 'a' && word[i] <= 'z' ? (char)(word[i] - 'a' + 'A') : word[i];
    upper[length] = '\0';
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(upper, keywords[middle].word);

        if (order == 0)
            return &keywords[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

bool my_keyword_reserved(const struct my_keyword *keyword, struct my_flavor flavor)
{
    return my_since(flavor, keyword->mysql, keyword->mariadb);
}
