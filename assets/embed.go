// Package assets holds what goes into the program itself: its mark, and the sample exports that a first start offers.
package assets

import (
	"embed"
	"io/fs"
)

// IconPNG is the mark at 512 pixels, for windows and packages.
//
//go:embed icon.png
var IconPNG []byte

// IconICO is the mark in the sizes that Windows asks for.
//
//go:embed windows/backstop.ico
var IconICO []byte

// IconSVG is the mark as it was drawn.
//
//go:embed icon.svg
var IconSVG []byte

//go:embed samples
var samples embed.FS

// Samples are exports of an invented company's week, one file for each of eight formats.
func Samples() fs.FS {
	sub, err := fs.Sub(samples, "samples")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	return sub
}
