package main

import (
	"runtime"
	"runtime/debug"
)

// version is the number of a release, which the linker sets; any other build is named by its commit alone.
var version = "development"

// worktree is the commit of a build in a worktree of git, which the Makefile sets: the compiler names none there.
var worktree string

// versionLine names what runs: the release, the commit that it was built from ("changed" when files differed from it), and
// the compiler and system.
func versionLine() string {
	line := "backstop " + version
	if info, ok := debug.ReadBuildInfo(); ok {
		line += commitOf(info.Settings)
	}
	return line + ", " + runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH
}

func commitOf(settings []debug.BuildSetting) string {
	var commit, changed string
	for _, s := range settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", changed"
		}
	}
	if commit == "" {
		commit = worktree
	}
	if commit == "" {
		return ""
	}
	return " (" + commit + changed + ")"
}
