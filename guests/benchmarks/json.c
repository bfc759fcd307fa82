/* Parses a generated JSON document by recursive descent, n times; gives a sum over all that it finds in it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct parser {
    const char *at;
    const char *end;
    int64_t sum;
    int failed;
} parser;

void parse_value(parser *json);

static void skip_space(parser *json)
{
    while (json->at < json->end && (*json->at == ' ' || *json->at == '\n' || *json->at == '\t' || *json->at == '\r')) {
        json->at++;
    }
}

static int take(parser *json, char wanted)
{
    skip_space(json);
    if (json->at < json->end && *json->at == wanted) {
        json->at++;
        return 1;
    }
    return 0;
}

static void expect(parser *json, char wanted)
{
    if (!take(json, wanted)) {
        json->failed = 1;
        json->at = json->end;
    }
}

static void parse_escape(parser *json)
{
    if (*json->at++ == 'u') {
        char digits[5] = {0};
        for (int i = 0; i < 4 && json->at < json->end; i++) {
            digits[i] = *json->at++;
        }
        json->sum += strtol(digits, NULL, 16);
    }
}

void parse_string(parser *json)
{
    expect(json, '"');
    while (json->at < json->end && *json->at != '"') {
        char c = *json->at++;
        if (c == '\\' && json->at < json->end) {
            parse_escape(json);
        } else {
            json->sum += c;
        }
    }
    expect(json, '"');
}

void parse_number(parser *json)
{
    int negative = take(json, '-');
    double value = 0;
    while (json->at < json->end && *json->at >= '0' && *json->at <= '9') {
        value = value * 10 + (*json->at++ - '0');
    }
    if (json->at < json->end && *json->at == '.') {
        json->at++;
        for (double place = 0.1; json->at < json->end && *json->at >= '0' && *json->at <= '9'; place /= 10) {
            value += (*json->at++ - '0') * place;
        }
    }
    json->sum += (int64_t)(negative ? -value : value);
}

static void parse_word(parser *json, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(json->end - json->at) >= length && memcmp(json->at, word, length) == 0) {
        json->at += length;
        json->sum += (int64_t)length;
    } else {
        json->failed = 1;
        json->at = json->end;
    }
}

void parse_array(parser *json)
{
    expect(json, '[');
    if (take(json, ']')) {
        return;
    }
    do {
        parse_value(json);
    } while (take(json, ','));
    expect(json, ']');
}

void parse_object(parser *json)
{
    expect(json, '{');
    if (take(json, '}')) {
        return;
    }
    do {
        skip_space(json);
        parse_string(json);
        expect(json, ':');
        parse_value(json);
    } while (take(json, ','));
    expect(json, '}');
}

void parse_value(parser *json)
{
    skip_space(json);
    if (json->at == json->end) {
        json->failed = 1;
        return;
    }
    switch (*json->at) {
    case '{':
        parse_object(json);
        break;
    case '[':
        parse_array(json);
        break;
    case '"':
        parse_string(json);
        break;
    case 't':
        parse_word(json, "true");
        break;
    case 'f':
        parse_word(json, "false");
        break;
    case 'n':
        parse_word(json, "null");
        break;
    default:
        parse_number(json);
        break;
    }
}

static char *generate(int records, size_t *length)
{
    size_t capacity = (size_t)records * 200 + 16;
    char *text = malloc(capacity);
    size_t used = (size_t)snprintf(text, capacity, "[");
    for (int i = 0; i < records; i++) {
        used += (size_t)snprintf(text + used, capacity - used,
            "%s{\"id\": %d, \"name\": \"user %d \\u00e9\", \"score\": %d.%d, \"active\": %s, \"parent\": null, \"tags\": [\"a%d\", \"b\", []]}",
            i ? ",\n" : "", i, i * 7, i % 100, i % 10, i % 3 ? "true" : "false", i % 5);
    }
    used += (size_t)snprintf(text + used, capacity - used, "]");
    *length = used;
    return text;
}

int64_t run(int n)
{
    size_t length;
    char *text = generate(200, &length);
    int64_t sum = 0;
    for (int i = 0; i < n; i++) {
        parser json = {text, text + length, 0, 0};
        parse_value(&json);
        sum += json.failed ? -1 : json.sum;
    }
    free(text);
    return sum;
}
