using Matchmaking.Benchmarks;

return args switch
{
    ["quality", .. var rest] => Quality.Run(rest),
    ["quantities", .. var rest] => QuantityMeasure.Run(rest),
    _ => Help(),
};

static int Help()
{
    Console.Error.WriteLine("""
        Matchmaking.Benchmarks quality --samples DIR            the samples' own grades
        Matchmaking.Benchmarks quality --data DIR --train FILE [--test FILE] [--output FILE.json]
                                                         needs and achievements with expert levels (requirements.csv, achievements.csv, pairs)
        Matchmaking.Benchmarks quality --data DIR --train FILE  needs and achievements with expert levels (requirements.csv, achievements.csv, pairs)
        Matchmaking.Benchmarks quantities --file FILE.jsonl [--errors]  quantities found in texts against expected ones
        """);
    return 2;
}
