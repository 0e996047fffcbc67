// How the scripts of the pages are written. That every name exists is for TypeScript to say.

const style = {
    'arrow-parens': ['error', 'as-needed'],
    'comma-dangle': ['error', 'always-multiline'],
    'eol-last': 'error',
    indent: ['error', 4, { SwitchCase: 1 }],
    'max-len': ['error', { code: 130, ignoreTemplateLiterals: true }],
    'no-trailing-spaces': 'error',
    quotes: ['error', 'single', { avoidEscape: true }],
    semi: 'error',
    'space-before-blocks': 'error',
};

const sense = {
    'array-callback-return': 'error',
    'consistent-return': 'off',
    curly: ['error', 'multi-line'],
    'dot-notation': 'error',
    eqeqeq: 'error',
    'no-constant-condition': 'error',
    'no-duplicate-imports': 'error',
    'no-else-return': 'off',
    'no-empty': 'error',
    'no-eval': 'error',
    'no-fallthrough': 'error',
    'no-implicit-globals': 'error',
    'no-loop-func': 'error',
    'no-self-compare': 'error',
    'no-shadow': ['error', { builtinGlobals: false, allow: ['event'] }],
    'no-template-curly-in-string': 'error',
    'no-unmodified-loop-condition': 'error',
    'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    'no-use-before-define': ['error', { functions: false, variables: false }],
    'no-useless-escape': 'error',
    'no-useless-return': 'error',
    'no-var': 'error',
    'object-shorthand': 'error',
    'prefer-const': ['error', { destructuring: 'all' }],
    'prefer-template': 'off',
    radix: 'error',
    'sort-imports': ['error', { ignoreCase: true, ignoreDeclarationSort: true }],
};

const workers = ['**/offline.js', '**/wasi.js', '**/laboratory-worker.js'];

export default [
    { linterOptions: { reportUnusedDisableDirectives: 'error' } },
    { ignores: workers, rules: { ...style, ...sense } },
    {
        files: workers,
        languageOptions: { sourceType: 'script' },
        rules: { ...style, ...sense, 'no-implicit-globals': 'off', strict: ['error', 'global'] },
    },
];
