import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// What the capabilities are about. The layers below them serve every entity and name none: a
// module says in its screens.ts what its entity needs.
const ENTITIES = 'contact|note|tag|user|role|tenant|custom_field|product|proposal';
const BUSINESS = 'customer|cliente|contact|etiqueta|usuario|equipe';
const message = 'No word of an entity here: its module says it in modules/<x>/screens.ts.';
const entityNames = { selector: `Literal[value=/^(${ENTITIES})s?$/]`, message };
const businessWords = [
  `Literal[value=/${BUSINESS}/i]`,
  `TemplateElement[value.raw=/${BUSINESS}/i]`,
  `Identifier[name=/${BUSINESS}/i]`,
  `JSXIdentifier[name=/${BUSINESS}/i]`,
].map((selector) => ({ selector, message }));
const noColours = {
  selector: 'Literal[value=/^#[0-9a-fA-F]{3,8}$/]',
  message: 'Colours live in styles/tokens.css.',
};

export default tseslint.config(
  {
    ignores: [
      'dist',
      'src/routeTree.gen.ts',
      'src/api/schema.d.ts',
      'test-results',
      'playwright-report',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': ['error', noColours],
    },
  },
  {
    files: ['src/{app,api,ui,lib}/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}', 'src/api/schema.d.ts'],
    rules: { 'no-restricted-syntax': ['error', noColours, ...businessWords] },
  },
  {
    files: ['src/{app,api,ui,lib}/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}', 'src/api/schema.d.ts'],
    rules: { 'no-restricted-syntax': ['error', noColours, ...businessWords, entityNames] },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}', 'src/testing/**', 'src/api/schema.d.ts'],
    rules: {
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/modules/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@/modules/*', '../../modules/*'],
              message: 'A module never imports another: share through ui/, lib/ or api/.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['public/sw.js'],
    languageOptions: {
      globals: {
        self: 'readonly',
        caches: 'readonly',
        fetch: 'readonly',
        Response: 'readonly',
        URL: 'readonly',
        location: 'readonly',
      },
    },
  },
  {
    files: ['*.cjs', 'tools/**/*.mjs'],
    languageOptions: {
      globals: { module: 'writable', console: 'readonly', process: 'readonly', URL: 'readonly' },
    },
  },
);
