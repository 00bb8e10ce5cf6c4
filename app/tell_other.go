//go:build !headless && !windows

package main

import (
	"fmt"
	"os"
)

// tellPerson writes to the console that the program was started from.
func tellPerson(_, text string) { fmt.Fprintln(os.Stderr, text) }
