#!/usr/bin/env node
import { ciMain } from '../dist/bundle/ci.js';

process.exitCode = await ciMain(process.argv.slice(2), process.env);
