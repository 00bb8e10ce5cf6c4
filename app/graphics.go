//go:build !headless

package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"backstop/app/cli"
)

// The toolkit only writes a line to the standard log when there is no OpenGL, and a program without a console then vanishes
// without a word. So its log is read along, and what it says is said to the person.

const noGraphics = `Backstop cannot open its window: this machine offers no OpenGL 2.1.

This is common in remote desktop sessions, virtual machines and on servers. What helps:
- install the graphics driver of the machine, or of the virtual machine's host;
- put Mesa's opengl32.dll beside a second copy of backstop.exe (Windows), or install libgl1-mesa-dri (Linux);
- use the command line, which needs no display: backstop --help`

var graphicsStarted atomic.Bool

// graphicsWork notes that a window was opened, so that later lines of the log are no start-up failure.
func graphicsWork() { graphicsStarted.Store(true) }

// watchGraphics ends the program with a clear message when the toolkit says that it cannot make a window.
func watchGraphics() { log.SetOutput(graphicsLog{}) }

type graphicsLog struct{}

func (graphicsLog) Write(p []byte) (int, error) {
	n, err := os.Stderr.Write(p)
	if !graphicsStarted.Load() && (bytes.Contains(p, []byte("window creation error")) || bytes.Contains(p, []byte("failed to initialise GLFW")) || bytes.Contains(p, []byte("failed to initialise OpenGL"))) {
		tellPerson("Backstop", noGraphics)
		os.Exit(cli.CouldNot)
	}
	return n, err
}

// fail tells the person why the desk does not open.
func fail(err error) {
	fmt.Fprintln(os.Stderr, "backstop:", err)
	tellPerson("Backstop", err.Error())
}

// checkGraphics opens a window, closes it and says that it could.
func checkGraphics() int {
	watchGraphics()
	a := fyneapp.NewWithID(appID)
	w := a.NewWindow("Backstop")
	w.Resize(fyne.NewSize(64, 64))
	a.Lifecycle().SetOnStarted(func() {
		graphicsWork()
		time.AfterFunc(200*time.Millisecond, a.Quit)
	})
	w.ShowAndRun()
	if !graphicsStarted.Load() {
		tellPerson("Backstop", noGraphics)
		return cli.CouldNot
	}
	fmt.Println("windows can be shown")
	return cli.Done
}
