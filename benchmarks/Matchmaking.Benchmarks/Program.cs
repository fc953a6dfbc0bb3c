using Matchmaking.Benchmarks;

try
{
    return args switch
    {
        ["quality", .. var rest] => await Quality.RunAsync(rest),
        ["quantities", .. var rest] => QuantityMeasure.Run(rest),
        ["near", .. var rest] => NearMeasure.Run(rest),
        ["lint", .. var rest] => LintSpeed.Run(rest),
        ["suggest", .. var rest] => SuggestMeasure.Run(rest),
        ["speed", .. var rest] => await Speed.RunAsync(rest),
        ["encode", .. var rest] => EncodeSpeed.Run(rest),
        ["night", .. var rest] => await NightRun.RunAsync(rest),
        ["night-worker", var folder] => await NightProcesses.WorkAsync(folder),
        ["scan", .. var rest] => ScanSpeed.Run(rest),
        ["pages", .. var rest] => await PageSpeed.RunAsync(rest),
        ["import", .. var rest] => await ImportSpeed.RunAsync(rest),
        ["plan", .. var rest] => await PlanSpeed.RunAsync(rest),
        ["print", .. var rest] => await PrintSpeed.RunAsync(rest),
        _ => Help(),
    };
}
catch (OptionException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

static int Help()
{
    Console.Error.WriteLine("""
        Matchmaking.Benchmarks quality --samples DIR            the samples' own grades
        Matchmaking.Benchmarks quality --data DIR --train FILE [--test FILE] [--output FILE.json]
                                                                needs and achievements with expert levels (requirements.csv, achievements.csv, pairs)
        Matchmaking.Benchmarks quality --known-item PAPERS.csv [--engine lucene|elasticsearch|both]
                                                                each title and keyword list as a query for its own abstract (elasticsearch: the server in ELASTICSEARCH_URL)
        Matchmaking.Benchmarks quantities --file FILE.jsonl [--errors]
                                                                quantities found in texts against expected ones
        Matchmaking.Benchmarks near --samples DIR [--list FILE]   near terms of the samples' matches, and their time
        Matchmaking.Benchmarks lint --lists DIR                 time of the checker of drafts by length of the text
        Matchmaking.Benchmarks suggest --samples DIR            field, industry and keywords suggested for samples that are left out
        Matchmaking.Benchmarks speed --listings N [--engine lucene|elasticsearch|both] [--papers FILE] [--seed S] [--queries Q] [--rebuild no] [--profile yes]
                                                                index, search, candidates, memory and start with N made listings
        Matchmaking.Benchmarks encode [--seconds S]              texts a second by length, against the bare model
        Matchmaking.Benchmarks night [--needs N] [--achievements N] [--sample N]
                                                                all needs with all achievements, by one worker and by two
        Matchmaking.Benchmarks night --processes N [--database CONNECTION] [--kill-after SECONDS] [--needs N] [--achievements N]
                                                                the same by the product's job in 1 to N processes, on SQLite or a PostgreSQL database made for it and the server in ELASTICSEARCH_URL
        Matchmaking.Benchmarks scan --vectors N                 nearest vectors, against reading the same bytes and a first pass over signs
        Matchmaking.Benchmarks pages [--listings N] [--cases N] [--users N] [--folder DIR] [--requests N] [--only TEXT] [--explain yes]
                                                                every page of the daily work on a large database: server time and queries; DIR keeps the sample for the next time;
                                                                --explain shows the slowest queries of each
        Matchmaking.Benchmarks import --rows N                  a table of so many needs: preview, job, and the same file again
        Matchmaking.Benchmarks plan [--contracts N] [--requests N]
                                                                the plan's numbers with N registered contracts behind them: counting, and the pages that show them
        Matchmaking.Benchmarks print [--entries N] [--requests N] [--keep DIR]
                                                                a published list of N entries: its page and every format; DIR keeps the files
        """);
    return 2;
}
