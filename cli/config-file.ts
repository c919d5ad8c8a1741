/** Where the configuration is looked for when nobody names a file. */
export const CONFIG_FILE = 'stormtest.config.yaml';
