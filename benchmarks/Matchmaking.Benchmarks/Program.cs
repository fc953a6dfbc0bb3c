Console.WriteLine("Matchmaking benchmarks");
