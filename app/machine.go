//go:build !headless

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"backstop/app/desk"
	"backstop/app/diagnose"
	"backstop/app/system"
	"backstop/ui"
)

// scaleVariable is how the toolkit is told how large to draw everything; it reads it whenever the theme is set.
const scaleVariable = "FYNE_SCALE"

// system is what the windows ask of this machine. The desk that is started with the session is over the same database as the one that
// asked for it.
func (p *front) system() ui.System {
	s := ui.System{
		Version: versionLine(), Folder: filepath.Dir(p.folder), Scale: p.scale, Remote: p.remote, Diagnose: p.app.diagnose,
		HasTray: system.HasTray, ShowTray: p.tray.show, Unfold: unfold,
	}
	if self, err := os.Executable(); err == nil {
		command := []string{self, "--background"}
		if path, err := filepath.Abs(p.options.DB); err == nil && path != placeOf("") {
			command = append(command, "--db", path)
		}
		s.Startup = system.Startup{ID: appID, Name: "Backstop", Command: command}
	}
	return s
}

// scaling sets the scale, unless the person's own environment does.
func scaling() func(percent int) {
	if os.Getenv(scaleVariable) != "" {
		return nil
	}
	return func(percent int) { _ = os.Setenv(scaleVariable, fmt.Sprintf("%.2f", float64(percent)/100)) } // fails for a name that is none
}

func (a *App) diagnose(ctx context.Context, actor desk.Actor, d ui.Diagnostics) error {
	found, err := a.Desk.Diagnose(ctx, actor)
	if err != nil {
		return err
	}
	return diagnose.Write(d.Path, diagnose.Facts{
		Version: versionLine(), Desk: found, Formats: a.Desk.Formats(), Own: d.Own, Log: filepath.Join(a.folder, logName), Names: d.Names,
	})
}
