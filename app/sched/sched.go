// Package sched wires the clock to the desk and holds no rules: one heartbeat asks the desk, which works from stored times.
package sched

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/google/uuid"

	"backstop/app/say"
)

// Heartbeat is how often the desk is asked what has come due.
const Heartbeat = 30 * time.Second

// Job is what a heartbeat does.
type Job struct {
	Name  string
	Every time.Duration
	Run   func(context.Context) error
}

// New makes a scheduler whose jobs never overlap themselves and whose panics are logged, not fatal.
func New(log *slog.Logger, options ...gocron.SchedulerOption) (gocron.Scheduler, error) {
	panicked := gocron.AfterJobRunsWithPanic(func(_ uuid.UUID, name string, recovered any) {
		log.Error("a job panicked", "job", name, "said", fmt.Sprint(recovered))
	})
	options = append([]gocron.SchedulerOption{
		gocron.WithLocation(time.UTC),
		gocron.WithStopTimeout(3 * time.Second),
		gocron.WithGlobalJobOptions(gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithEventListeners(panicked)),
	}, options...)
	s, err := gocron.NewScheduler(options...)
	if err != nil {
		return nil, say.Error("scheduler: %w", err)
	}
	return s, nil
}

// Add runs a job at its interval until ctx ends; errors are logged.
func Add(ctx context.Context, s gocron.Scheduler, log *slog.Logger, j Job) error {
	run := func() {
		if err := j.Run(ctx); err != nil && ctx.Err() == nil {
			log.Error("a job failed", "job", j.Name, "error", err)
		}
	}
	if _, err := s.NewJob(gocron.DurationJob(j.Every), gocron.NewTask(run), gocron.WithName(j.Name)); err != nil {
		return say.Error("job %s: %w", j.Name, err)
	}
	return nil
}
