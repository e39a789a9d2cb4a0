import { defineConfig, mergeConfig } from 'vitest/config';
import tests from './vitest.config.ts';

/** The long run has the tools of the tests, but is asked for: `tests/apps`. */
const config = mergeConfig(tests, defineConfig({}));
config.test!.include = ['apps.ts'];
export default config;
