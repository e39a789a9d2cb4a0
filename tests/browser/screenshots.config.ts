import { defineConfig, mergeConfig } from 'vitest/config';
import tests from './vitest.config.ts';

/** Pictures are taken with the tools of the tests, but when somebody asks for them, not at each run. */
const config = mergeConfig(tests, defineConfig({}));
config.test!.include = ['screenshots.ts', 'screens.ts'];
export default config;
