//go:build !windows

package main

// useConsole has nothing to do where every program has the streams of its parent.
func useConsole() {}
