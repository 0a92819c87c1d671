import { setFlagsFromString } from 'node:v8';

// Each test file has functions of its own, which run for a second at most: optimising them takes V8 longer than it saves.
// Only what runs about eight times as long as usual is worth it.
setFlagsFromString('--interrupt-budget=500000');
