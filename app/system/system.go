// Package system is what the desk asks of the operating system for the person at it: to be started with their session, whether that
// session is shown on another machine, and whether there is a tray. Each system has a small file of its own.
package system

// Startup is the wish to be started with the session of one person. It needs no rights beyond theirs.
type Startup struct {
	ID      string   // "io.github.backstop-desk.Backstop"
	Name    string   // as people read it
	Command []string // the program, with its arguments
}
