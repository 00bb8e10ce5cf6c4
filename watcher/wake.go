package watcher

import (
	"log/slog"
	"runtime"

	"github.com/fsnotify/fsnotify"
)

// waker has changes in a folder wake its scan until stop is called.
type waker func(folder string, log *slog.Logger) (changed <-chan struct{}, stop func())

// wakeOnEvents is a convenience: the scan comes anyway. Elsewhere than on Linux and Windows each file of a watched folder would
// cost an open descriptor.
func wakeOnEvents(folder string, log *slog.Logger) (<-chan struct{}, func()) {
	none := func() {}
	if runtime.GOOS != "linux" && runtime.GOOS != "windows" {
		return nil, none
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		log.Info("no events, scanning only", "folder", folder, "err", err)
		return nil, none
	}
	if err := w.Add(folder); err != nil {
		log.Info("no events, scanning only", "folder", folder, "err", err)
		w.Close()
		return nil, none
	}
	changed, ended := make(chan struct{}, 1), make(chan struct{})
	go func() {
		defer close(ended)
		drain(w, changed)
	}()
	return changed, func() { w.Close(); <-ended }
}

// drain takes events as they come, so that few are lost; lost ones, which are an error, wake the scan as well.
func drain(w *fsnotify.Watcher, changed chan<- struct{}) {
	for {
		select {
		case e, open := <-w.Events:
			if !open {
				return
			}
			if e.Op == fsnotify.Chmod {
				continue
			}
		case _, open := <-w.Errors:
			if !open {
				return
			}
		}
		select {
		case changed <- struct{}{}:
		default:
		}
	}
}
