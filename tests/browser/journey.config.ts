import { defineConfig, mergeConfig } from 'vitest/config';
import tests from './vitest.config.ts';

/** The way of two people from the first start to a first message, walked with the tools of the tests when somebody asks for it. */
const config = mergeConfig(tests, defineConfig({}));
config.test!.include = ['journey.ts'];
export default config;
