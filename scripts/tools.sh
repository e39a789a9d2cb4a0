# What ./run and ./test need: installed where that is possible, else said in a sentence. Sourced, not run.

need_dotnet() {
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  if ! command -v dotnet >/dev/null; then
    echo "minato: the .NET 10 SDK is missing: install it (package dotnet-sdk-10.0, or Microsoft's installer), then try again." >&2
    exit 1
  fi
  if ! dotnet --version >/dev/null 2>&1; then
    echo "minato: a .NET 10 SDK is needed; found: $(dotnet --list-sdks | tr '\n' ' ')" >&2
    exit 1
  fi
}

need_node() {
  if ! command -v npm >/dev/null || ! node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null; then
    echo "minato: Node.js 20 or newer with npm is missing: it builds the page. Install it, then try again." >&2
    exit 1
  fi
}

# need_packages PACKAGE=WHAT…: Debian packages by what shows that they are there: a command, a library (*.so*) or a file (/…).
need_packages() {
  local missing=() package what
  for pair in "$@"; do
    package=${pair%%=*} what=${pair#*=}
    case $what in
      *.so*) ldconfig -p 2>/dev/null | grep -qF "$what" || missing+=("$package") ;;
      /*) [ -e "$what" ] || missing+=("$package") ;;
      *) command -v "$what" >/dev/null || missing+=("$package") ;;
    esac
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  local sudo=
  [ "$(id -u)" = 0 ] || sudo="sudo -n"
  if command -v apt-get >/dev/null && $sudo true 2>/dev/null; then
    echo "Installing ${missing[*]} …" >&2
    if $sudo apt-get update -qq >/dev/null && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; then
      return 0
    fi
  fi
  echo "minato: these are missing and could not be installed: ${missing[*]} (Debian's names). Install them, then try again." >&2
  exit 1
}
