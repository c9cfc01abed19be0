; Installer for Windows, per user and without administrator rights.
; makensis -DVERSION=0.1.0 -DSOURCE=..\..\build\dist\counselroom -DTARGET=..\..\build\counselroom-setup.exe counselroom.nsi
; It installs the program only. What people write lies in the folder that they chose in the program; neither this
; installer nor its uninstaller opens, moves or deletes that folder, or the settings in the user's profile.

Unicode true
!include "MUI2.nsh"
!include "WinVer.nsh"

!ifndef VERSION
  !error "Say -DVERSION=..."
!endif
!ifndef SOURCE
  !error "Say -DSOURCE=... (the folder that PyInstaller made)"
!endif
!ifndef TARGET
  !define TARGET "counselroom-setup.exe"
!endif
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\counselroom"
!define NAME "心理辅导室"

Name "${NAME}"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\counselroom"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
ManifestDPIAware true
!define MUI_ICON "${SOURCE}\..\..\counselroom.ico"
!define MUI_UNICON "${SOURCE}\..\..\counselroom.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\counselroom.exe"

!insertmacro MUI_PAGE_LICENSE "..\..\LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Function .onInit
  ; 1809 is build 17763 of Windows 10; Windows 11 counts on from there.
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    MessageBox MB_ICONSTOP "本程序需要 Windows 10（1809 版）或更新的系统，未作任何改动。"
    Abort
  ${EndIf}
FunctionEnd

; A program that still runs holds its files open. Ask, and never end it by force: something may be unsaved.
!macro RefuseWhileRunning PREFIX
Function ${PREFIX}RefuseWhileRunning
  again:
  IfFileExists "$INSTDIR\counselroom.exe" 0 free
  ClearErrors
  FileOpen $0 "$INSTDIR\counselroom.exe" a
  IfErrors 0 close
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "程序正在运行。请先关闭「${NAME}」窗口，再按“重试”。" IDRETRY again
  Abort
  close:
  FileClose $0
  free:
FunctionEnd
!macroend
!insertmacro RefuseWhileRunning ""
!insertmacro RefuseWhileRunning "un."

; Only what an earlier version of this installer put there; a folder of the user's that stands beside it stays.
!macro RemoveProgram
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\counselroom.exe"
  Delete "$INSTDIR\counselroom-cli.exe"
!macroend

Section "install"
  Call RefuseWhileRunning
  SetOutPath "$INSTDIR"
  !insertmacro RemoveProgram
  File /r "${SOURCE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\counselroom.exe"
  CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\counselroom.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\counselroom.exe"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  Call un.RefuseWhileRunning
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegKey HKCU "${KEY}"
  ; Without /r: a folder with anything else in it stays.
  RMDir "$INSTDIR"
SectionEnd
