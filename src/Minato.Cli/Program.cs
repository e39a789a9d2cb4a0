using Minato.Cli;

return await MinatoCommandLine.RunAsync(args);
