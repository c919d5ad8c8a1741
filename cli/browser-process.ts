import type { BrowserSetup } from '../generators/browser/messages.ts';
import { serveBrowser } from '../generators/browser/serve.ts';

/** The entry of the process that has the browser. */
const [setup = '{}'] = process.argv.slice(2);
await serveBrowser(process, JSON.parse(setup) as BrowserSetup);
