package desk

import (
	"context"
	"errors"
	"sync"

	"backstop/app/backup"
)

// folderStates are those that could not be written down: a disk that is full keeps nobody from being told so.
type folderStates struct {
	mu sync.Mutex
	of map[int64]folderState // by source
}

type folderState struct {
	state backup.FolderState
	said  string
}

// FolderState keeps the state of a source's folder.
func (t *FileIntake) FolderState(ctx context.Context, sourceID int64, state backup.FolderState, said string) error {
	err := t.desk.store.SetFolderState(ctx, sourceID, state, said, t.desk.instant())
	if unwritten := errors.Is(err, ErrFull) || errors.Is(err, ErrReadOnly); unwritten || err == nil {
		t.desk.folders.set(sourceID, folderState{state, said}, unwritten)
		err = nil
	}
	t.desk.publish(Event{Sources: true})
	return err
}

func (f *folderStates) set(source int64, s folderState, unwritten bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !unwritten {
		delete(f.of, source)
		return
	}
	if f.of == nil {
		f.of = map[int64]folderState{}
	}
	f.of[source] = s
}

// over puts what could not be written down in the place of what was.
func (f *folderStates) over(states []SourceState) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range states {
		if s, ok := f.of[states[i].ID]; ok {
			states[i].State, states[i].Said = s.state, s.said
		}
	}
}
