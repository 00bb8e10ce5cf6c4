//go:build race

package format

// stride is wide under the race detector, which makes reading ten times slower and has nothing to find between two bytes.
const stride = 41
