/* Builds, checks and frees binary trees of depth n: recursion and an allocator. */
#include <stdint.h>
#include <stdlib.h>

typedef struct node {
    struct node *left;
    struct node *right;
} node;

static node *build(int depth)
{
    node *tree = malloc(sizeof *tree);
    tree->left = depth > 0 ? build(depth - 1) : NULL;
    tree->right = depth > 0 ? build(depth - 1) : NULL;
    return tree;
}

static int64_t check(const node *tree)
{
    return tree->left ? 1 + check(tree->left) + check(tree->right) : 1;
}

static void destroy(node *tree)
{
    if (tree) {
        destroy(tree->left);
        destroy(tree->right);
        free(tree);
    }
}

int64_t run(int n)
{
    int64_t nodes = 0;
    for (int i = 0; i < 4; i++) {
        node *tree = build(n);
        nodes += check(tree);
        destroy(tree);
    }
    return nodes;
}
