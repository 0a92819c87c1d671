#!/usr/bin/env node
import { ciMain } from '../dist/ci/main.js';

process.exitCode = await ciMain(process.argv.slice(2), process.env);
