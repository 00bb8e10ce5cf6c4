package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The measures that are drawn by hand rather than by a widget of the toolkit.
const (
	RowHeight    float32 = 30 // whole, so that a million rows add up without drift
	HeaderHeight float32 = 32
	ChipHeight   float32 = 20
	ChipRadius   float32 = 4
	ShapeSize    float32 = 12
	Gap          float32 = 8 // the grid that everything stands on
	Small        float32 = 12
)

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:               13,
	theme.SizeNameCaptionText:        Small,
	theme.SizeNameSubHeadingText:     15,
	theme.SizeNameHeadingText:        18,
	theme.SizeNamePadding:            Gap / 2,
	theme.SizeNameInnerPadding:       Gap,
	theme.SizeNameLineSpacing:        Gap / 2,
	theme.SizeNameInlineIcon:         16,
	theme.SizeNameScrollBar:          10,
	theme.SizeNameInputRadius:        ChipRadius,
	theme.SizeNameSelectionRadius:    ChipRadius,
	theme.SizeNameScrollBarRadius:    ChipRadius,
	theme.SizeNameSeparatorThickness: 1,
}

type shades struct {
	light, dark color.NRGBA
}

// surfaces are the grounds and accents behind the states: quiet greys and one blue.
var surfaces = map[fyne.ThemeColorName]shades{
	theme.ColorNameBackground:          {white, rgb(0x16191D)},
	theme.ColorNameForeground:          {text, rgb(0xE8ECF1)},
	theme.ColorNameHeaderBackground:    {rgb(0xF4F6F8), rgb(0x1D2126)},
	theme.ColorNameMenuBackground:      {rgb(0xF4F6F8), rgb(0x1D2126)},
	theme.ColorNameOverlayBackground:   {white, rgb(0x1D2126)},
	theme.ColorNameInputBackground:     {rgb(0xF4F6F8), rgb(0x1D2126)},
	theme.ColorNameInputBorder:         {rgb(0xC9CFD6), rgb(0x3F4752)},
	theme.ColorNameSeparator:           {rgb(0xE8EAED), rgb(0x2B3036)},
	theme.ColorNamePlaceHolder:         {rgb(0x5B6673), rgb(0x98A3B0)},
	theme.ColorNameDisabled:            {rgb(0x8A94A0), rgb(0x6B7684)},
	theme.ColorNameButton:              {rgb(0xE8EAED), rgb(0x2B3036)},
	theme.ColorNameDisabledButton:      {rgb(0xF4F6F8), rgb(0x1D2126)},
	theme.ColorNamePrimary:             {strong[0].Fill, strong[1].Fill},
	theme.ColorNameForegroundOnPrimary: {strong[0].Ink, strong[1].Ink},
	theme.ColorNameHyperlink:           {strong[0].Fill, blue[1].Ink},
	theme.ColorNameSelection:           {rgb(0xE6EFFC), rgb(0x1C2B42)},
	theme.ColorNameHover:               {rgb(0xF4F6F8), rgb(0x1D2126)},
	theme.ColorNameError:               {rgb(0xB42525), rgb(0xFFB4B0)},
	theme.ColorNameForegroundOnError:   {white, rgb(0x0B0D10)},
	theme.ColorNameSuccess:             {rgb(0x14612F), rgb(0x8FE0AC)},
	theme.ColorNameForegroundOnSuccess: {white, rgb(0x0B0D10)},
	theme.ColorNameWarning:             {rgb(0x8A3D00), rgb(0xFFBF8F)},
	theme.ColorNameForegroundOnWarning: {white, rgb(0x0B0D10)},
}
