/* A stack machine with a switch in a loop, which compilers make a br_table. It runs Collatz sequences up to n. */
#include <stdint.h>

typedef enum opcode { PUSH, LOAD, STORE, ADD, MULTIPLY, HALVE, ODD, LESS, JUMP, JUMP_IF_ZERO, HALT } opcode;

typedef struct instruction {
    opcode code;
    int64_t operand;
} instruction;

enum { START, NUMBER, STEPS, LIMIT, VARIABLES };

static const instruction program[] = {
    /*  0 */ {LOAD, START}, {LOAD, LIMIT}, {LESS, 0}, {JUMP_IF_ZERO, 32},
    /*  4 */ {LOAD, START}, {STORE, NUMBER},
    /*  6 */ {PUSH, 1}, {LOAD, NUMBER}, {LESS, 0}, {JUMP_IF_ZERO, 27},
    /* 10 */ {LOAD, STEPS}, {PUSH, 1}, {ADD, 0}, {STORE, STEPS},
    /* 14 */ {LOAD, NUMBER}, {ODD, 0}, {JUMP_IF_ZERO, 23},
    /* 17 */ {LOAD, NUMBER}, {PUSH, 3}, {MULTIPLY, 0}, {PUSH, 1}, {ADD, 0}, {JUMP, 25},
    /* 23 */ {LOAD, NUMBER}, {HALVE, 0},
    /* 25 */ {STORE, NUMBER}, {JUMP, 6},
    /* 27 */ {LOAD, START}, {PUSH, 1}, {ADD, 0}, {STORE, START}, {JUMP, 0},
    /* 32 */ {HALT, 0},
};

static int64_t execute(const instruction *code, int64_t *variables)
{
    int64_t stack[16];
    int top = 0;
    for (int at = 0;; at++) {
        int64_t operand = code[at].operand;
        switch (code[at].code) {
        case PUSH:
            stack[top++] = operand;
            break;
        case LOAD:
            stack[top++] = variables[operand];
            break;
        case STORE:
            variables[operand] = stack[--top];
            break;
        case ADD:
            top--;
            stack[top - 1] += stack[top];
            break;
        case MULTIPLY:
            top--;
            stack[top - 1] *= stack[top];
            break;
        case HALVE:
            stack[top - 1] /= 2;
            break;
        case ODD:
            stack[top - 1] &= 1;
            break;
        case LESS:
            top--;
            stack[top - 1] = stack[top - 1] < stack[top];
            break;
        case JUMP:
            at = (int)operand - 1;
            break;
        case JUMP_IF_ZERO:
            if (stack[--top] == 0) {
                at = (int)operand - 1;
            }
            break;
        case HALT:
            return variables[STEPS];
        }
    }
}

int64_t run(int n)
{
    int64_t variables[VARIABLES] = {[START] = 1, [LIMIT] = n};
    return execute(program, variables);
}
