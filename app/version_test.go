package main

import (
	"runtime/debug"
	"testing"
)

func TestVersion_namesTheCommit(t *testing.T) {
	for _, tt := range []struct {
		settings []debug.BuildSetting
		want     string
	}{
		{nil, ""},
		{[]debug.BuildSetting{{Key: "vcs", Value: "git"}, {Key: "vcs.revision", Value: "0123456789abcdef0123"}, {Key: "vcs.modified", Value: "false"}}, " (0123456789ab)"},
		{[]debug.BuildSetting{{Key: "vcs.modified", Value: "true"}, {Key: "vcs.revision", Value: "0123456789abcdef0123"}}, " (0123456789ab, changed)"},
		{[]debug.BuildSetting{{Key: "vcs.modified", Value: "true"}}, ""},
	} {
		if got := commitOf(tt.settings); got != tt.want {
			t.Errorf("commitOf(%v) = %q, want %q", tt.settings, got, tt.want)
		}
	}
}

func TestVersion_namesTheCommitOfAWorktree(t *testing.T) {
	worktree = "0123456789ab, changed"
	t.Cleanup(func() { worktree = "" })
	if got := commitOf(nil); got != " (0123456789ab, changed)" {
		t.Errorf("commitOf = %q", got)
	}
}
