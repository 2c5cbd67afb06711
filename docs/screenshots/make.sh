#!/bin/sh
# Makes light.png, dark.png and phone.png of two years of the demo. Needs the .NET SDK, Node and Chromium.
cd "$(dirname "$0")/../.." || exit
UPDATE_SCREENSHOTS=true exec dotnet test TelemetryFunctions.Tests --filter FullyQualifiedName~Browser.Screenshots "$@"
