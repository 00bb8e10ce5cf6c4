package main

import (
	"os"
	"testing"
)

// asProgram in the environment makes the test binary the program itself, for tests that need a process of their own.
const asProgram = "BACKSTOP_TEST_AS_PROGRAM=1"

func TestMain(m *testing.M) {
	if os.Getenv("BACKSTOP_TEST_AS_PROGRAM") != "" {
		main()
	}
	os.Exit(m.Run())
}
