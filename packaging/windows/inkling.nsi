; Inkling's installer for Windows: for one person, without an administrator.
;
;   makensis -INPUTCHARSET UTF8 -DVERSION=0.1.0 -DSIZE=600000 -DBUNDLE=folder -DICON=inkling.ico
;            -DLICENCE=LICENSE -DSBOM=inkling.cdx.json -DOUTPUT=inkling-setup.exe inkling.nsi
;
; VERSION has three numbers, SIZE is in KiB, BUNDLE is the folder that PyInstaller made. The installer
; and the uninstaller take /S for silence, the installer /D=FOLDER, the uninstaller /PURGE, which in
; silence takes the person's data too.

!ifndef VERSION | SIZE | BUNDLE | ICON | LICENCE | SBOM | OUTPUT
  !error "VERSION, SIZE, BUNDLE, ICON, LICENCE, SBOM and OUTPUT have to be given with -D."
!endif

Unicode true
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 32

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "x64.nsh"

Name "Inkling"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\Inkling"
InstallDirRegKey HKCU "Software\Inkling" "Folder"
BrandingText "Inkling ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "Inkling"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "Inkling Setup"
VIAddVersionKey /LANG=0 "LegalCopyright" "The Inkling authors, Apache-2.0"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Inkling"
!define APP_PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths"
!define CLASSES "Software\Classes"
; Where the program keeps settings, models and the like (app/core/paths.py).
!define DATA "$LOCALAPPDATA\Inkling"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\Inkling.exe"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT

!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
UninstPage custom un.AskAboutData un.TakeAnswer
!insertmacro MUI_UNPAGE_INSTFILES

; The first language is for all who have another one.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!include "words.nsh"

Var DataBox
Var TakeData

; Ask to close Inkling while its file cannot be written, since it then runs.
!macro WaitUntilClosed
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\Inkling.exe"
      ${ExitDo}
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\Inkling.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ; In silence the answer is to end, and the exit code says why.
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(StillRuns)" /SD IDCANCEL IDRETRY +3
      SetErrorLevel 2
      Quit
  ${Loop}
!macroend

; What an installation puts into its folder, by name: the folder may hold other things.
!macro RemoveProgram
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\Inkling.exe"
  Delete "$INSTDIR\inkling-cli.exe"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\sbom.cdx.json"
!macroend

!macro TellShell
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; A kind of document that Inkling can open. It is offered under "Open with"; what opens such files
; by a double click stays the person's choice.
!macro Register ID NAME
  WriteRegStr HKCU "${CLASSES}\${ID}" "" "${NAME}"
  WriteRegStr HKCU "${CLASSES}\${ID}\DefaultIcon" "" "$INSTDIR\Inkling.exe,0"
  WriteRegStr HKCU "${CLASSES}\${ID}\shell\open\command" "" '"$INSTDIR\Inkling.exe" "%1"'
!macroend

!macro Offer EXTENSION ID
  WriteRegStr HKCU "${CLASSES}\${EXTENSION}\OpenWithProgids" "${ID}" ""
  WriteRegStr HKCU "${CLASSES}\Applications\Inkling.exe\SupportedTypes" "${EXTENSION}" ""
  WriteRegStr HKCU "Software\Inkling\Capabilities\FileAssociations" "${EXTENSION}" "${ID}"
!macroend

!macro Withdraw EXTENSION ID
  DeleteRegValue HKCU "${CLASSES}\${EXTENSION}\OpenWithProgids" "${ID}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${EXTENSION}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${EXTENSION}"
!macroend

Function .onInit
  SetRegView 64
  ${If} ${IsNativeAMD64}
  ${OrIf} ${IsNativeARM64}
    StrCpy $0 "64"
  ${EndIf}
  ${If} $0 != "64"
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(TooOld)" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

Section "$(Program)" SectionProgram
  SectionIn RO
  SetShellVarContext current
  !insertmacro WaitUntilClosed
  ; An older version's files must not be found by the new one.
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    !insertmacro RemoveProgram
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  File "/oname=LICENSE.txt" "${LICENCE}"
  File "/oname=sbom.cdx.json" "${SBOM}"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\Inkling.lnk" "$INSTDIR\Inkling.exe" "" "$INSTDIR\Inkling.exe" 0 \
    SW_SHOWNORMAL "" "$(Summary)"
  WriteRegStr HKCU "${APP_PATHS}\Inkling.exe" "" "$INSTDIR\Inkling.exe"
  WriteRegStr HKCU "${APP_PATHS}\inkling-cli.exe" "" "$INSTDIR\inkling-cli.exe"

  WriteRegStr HKCU "Software\Inkling" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Inkling"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\Inkling.exe,0"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Inkling authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "$(Documents)" SectionDocuments
  !insertmacro Register "Inkling.Markdown" "$(MarkdownDocument)"
  !insertmacro Register "Inkling.Text" "$(TextDocument)"
  WriteRegStr HKCU "${CLASSES}\Applications\Inkling.exe" "FriendlyAppName" "Inkling"
  WriteRegStr HKCU "${CLASSES}\Applications\Inkling.exe\shell\open\command" "" \
    '"$INSTDIR\Inkling.exe" "%1"'
  WriteRegStr HKCU "Software\Inkling\Capabilities" "ApplicationName" "Inkling"
  WriteRegStr HKCU "Software\Inkling\Capabilities" "ApplicationDescription" "$(Summary)"
  WriteRegStr HKCU "Software\RegisteredApplications" "Inkling" "Software\Inkling\Capabilities"
  !insertmacro Offer ".md" "Inkling.Markdown"
  !insertmacro Offer ".markdown" "Inkling.Markdown"
  !insertmacro Offer ".txt" "Inkling.Text"
  !insertmacro TellShell
SectionEnd

Section /o "$(Desktop)" SectionDesktop
  SetShellVarContext current
  CreateShortcut "$DESKTOP\Inkling.lnk" "$INSTDIR\Inkling.exe"
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SectionProgram} "$(Summary)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SectionDocuments} "$(DocumentsMeaning)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function un.onInit
  SetRegView 64
  StrCpy $TakeData ${BST_UNCHECKED}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/PURGE" $1
  ${IfNot} ${Errors}
    StrCpy $TakeData ${BST_CHECKED}
  ${EndIf}
FunctionEnd

Function un.AskAboutData
  !insertmacro MUI_HEADER_TEXT "$(DataTitle)" "$(DataQuestion)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 40u "$(DataMeaning)"
  Pop $0
  ${NSD_CreateCheckbox} 0 48u 100% 12u "$(DataBox)"
  Pop $DataBox
  ${NSD_SetState} $DataBox $TakeData
  nsDialogs::Show
FunctionEnd

Function un.TakeAnswer
  ${NSD_GetState} $DataBox $TakeData
FunctionEnd

Section "Uninstall"
  SetShellVarContext current
  !insertmacro WaitUntilClosed
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  ; Only an empty folder goes: a portable copy's data, or what a person put there, stays.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Inkling.lnk"
  Delete "$DESKTOP\Inkling.lnk"
  !insertmacro Withdraw ".md" "Inkling.Markdown"
  !insertmacro Withdraw ".markdown" "Inkling.Markdown"
  !insertmacro Withdraw ".txt" "Inkling.Text"
  DeleteRegKey HKCU "${CLASSES}\Inkling.Markdown"
  DeleteRegKey HKCU "${CLASSES}\Inkling.Text"
  DeleteRegKey HKCU "${CLASSES}\Applications\Inkling.exe"
  DeleteRegValue HKCU "Software\RegisteredApplications" "Inkling"
  DeleteRegKey HKCU "${APP_PATHS}\Inkling.exe"
  DeleteRegKey HKCU "${APP_PATHS}\inkling-cli.exe"
  DeleteRegKey HKCU "Software\Inkling"
  DeleteRegKey HKCU "${UNINSTALL}"
  ${If} $TakeData = ${BST_CHECKED}
    RMDir /r "${DATA}"
  ${EndIf}
  !insertmacro TellShell
SectionEnd
