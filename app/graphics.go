//go:build !headless

package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"backstop/app/cli"
	"backstop/app/say"
)

// The toolkit only writes a line to the standard log when there is no OpenGL, and a program without a console then vanishes
// without a word. So its log is read along, and what it says is said to the person.

const noGraphics = `Backstop cannot open its window: this machine offers no OpenGL 2.1.

This is common in remote desktop sessions, virtual machines and on servers. What helps:
- install the graphics driver of the machine, or of the virtual machine's host;
- put Mesa's opengl32.dll beside a second copy of backstop.exe (Windows), or install libgl1-mesa-dri (Linux);
- use the command line, which needs no display: backstop --help`

const noDisplay = `Backstop cannot open its window: there is no display (the variable DISPLAY is not set).

Start it in a desktop session, or with xvfb-run; or use the command line, which needs no display: backstop --help`

// hasDisplay tells whether there is a display to try at all; without one the toolkit panics.
func hasDisplay() bool {
	switch runtime.GOOS {
	case "windows", "darwin":
		return true
	}
	return os.Getenv("DISPLAY") != ""
}

// watchGraphics reads the toolkit's log along, into our own, and ends the program with a clear message when it cannot make a window.
func watchGraphics(to io.Writer) { log.SetOutput(graphicsLog{to}) }

type graphicsLog struct{ to io.Writer }

// fatal are the words for a window that cannot be made. The last ones are not the toolkit's: it does not hear of these, and goes on without one.
var fatal = []string{
	"window creation error", "failed to initialise GLFW", "failed to initialise OpenGL",
	"WGL: Failed to set", "WGL: Failed to create", "WGL: Failed to make dummy", "WGL: Failed to retrieve",
}

func (g graphicsLog) Write(p []byte) (int, error) {
	n, err := g.to.Write(p)
	if slices.ContainsFunc(fatal, func(w string) bool { return bytes.Contains(p, []byte(w)) }) {
		tellPerson("Backstop", say.T(noGraphics))
		os.Exit(cli.CouldNot)
	}
	return n, err
}

// checkGraphics opens a window, closes it and says that it could.
func checkGraphics() int {
	if !hasDisplay() {
		tellPerson("Backstop", say.T(noDisplay))
		return cli.CouldNot
	}
	watchGraphics(io.Discard)
	a := fyneapp.NewWithID(appID)
	w := a.NewWindow("Backstop")
	w.Resize(fyne.NewSize(64, 64))
	started := false
	a.Lifecycle().SetOnStarted(func() {
		started = true
		fyne.NewAnimation(200*time.Millisecond, func(done float32) { // on the goroutine of the windows, which alone may end them
			if done == 1 {
				a.Quit()
			}
		}).Start()
	})
	w.ShowAndRun()
	if !started {
		tellPerson("Backstop", say.T(noGraphics))
		return cli.CouldNot
	}
	fmt.Println("windows can be shown")
	return cli.Done
}
