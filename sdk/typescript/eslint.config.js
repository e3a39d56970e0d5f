// The web's rules; its packages are those of web/node_modules.
import web from '../../web/eslint.config.js';

export default [...web, { ignores: ['src/schema.ts'] }];
