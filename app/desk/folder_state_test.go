package desk_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
)

// fullDisk is a store with one source, on a disk that is full or not.
type fullDisk struct {
	desk.Store
	full  bool
	state desk.SourceState
}

func (f *fullDisk) SetFolderState(_ context.Context, _ int64, state backup.FolderState, said string, _ time.Time) error {
	if f.full {
		return desk.ErrFull
	}
	f.state.State, f.state.Said = state, said
	return nil
}

func (f *fullDisk) SourceStates(context.Context, desk.Scope) ([]desk.SourceState, error) {
	return []desk.SourceState{f.state}, nil
}

func (f *fullDisk) KeptFiles(context.Context, desk.Scope, desk.KeptQuery) ([]desk.KeptFile, error) {
	return nil, nil
}
func (f *fullDisk) Setting(context.Context, string, any) error { return nil }
func (f *fullDisk) RejectedPaths(context.Context, desk.Scope) (map[int64][]string, error) {
	return nil, nil
}

// A state that the full disk keeps from being written down is shown all the same, until it is another.
func TestFolderState_isToldOnAFullDisk(t *testing.T) {
	store := &fullDisk{state: desk.SourceState{Source: backup.Source{ID: 1}}}
	d := desk.New(desk.Parts{Store: store, Now: func() time.Time { return monday }, Log: slog.New(slog.DiscardHandler)})
	told := func(state backup.FolderState, said, want string) {
		t.Helper()
		must(t, d.Intake(desk.System(), desk.ImportRules{}).FolderState(t.Context(), 1, state, said))
		got, err := d.Sources(t.Context(), desk.System())
		must(t, err)
		if s := string(got[0].State) + " " + got[0].Said; s != want {
			t.Errorf("shown: %q, want %q", s, want)
		}
	}
	told(backup.Watching, "", "watching ")
	store.full = true
	told(backup.Waiting, "no room", "waiting no room")
	store.full = false
	told(backup.Watching, "", "watching ")
}
