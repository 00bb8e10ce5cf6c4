package watcher

import (
	"context"
	"time"

	"backstop/app/say"
)

const (
	patience = 30 * time.Second // without a byte or an answer
	farewell = time.Second      // for work that was called off to put its things away
)

// guard keeps calls into one folder from piling up: a dead share holds each for minutes in the kernel, where nothing can
// cancel it, and each holds a thread.
type guard struct{ held <-chan struct{} }

var errNoAnswer = &refusal{reason: say.Record("its folder does not answer"), passing: true}

// patient runs work on a folder. When work neither ends nor says that it is alive for the length of patience, it is left to
// end by itself and errNoAnswer is returned, as it is for every later call until then.
func patient[T any](ctx context.Context, g *guard, work func(ctx context.Context, alive func()) (T, error)) (T, error) {
	var none T
	if !g.free() {
		return none, errNoAnswer
	}
	within, cancel := context.WithCancel(ctx)
	defer cancel()
	var answer T
	var err error
	ended, beats := make(chan struct{}), make(chan struct{}, 1)
	go func() {
		defer close(ended)
		answer, err = work(within, func() {
			select {
			case beats <- struct{}{}:
			default:
			}
		})
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	called := ctx.Done()
	for {
		select {
		case <-ended:
			return answer, err
		case <-beats:
			timer.Reset(patience)
		case <-called:
			called, beats = nil, nil
			timer.Reset(farewell)
		case <-timer.C:
			g.held = ended
			if ctx.Err() != nil {
				return none, ctx.Err()
			}
			return none, errNoAnswer
		}
	}
}

func (g *guard) free() bool {
	select {
	case <-g.held: // it came back after all
	default:
		if g.held != nil {
			return false
		}
	}
	g.held = nil
	return true
}
