import Commands
import Wiring

await Muster.start(Array(CommandLine.arguments.dropFirst()), .all)
