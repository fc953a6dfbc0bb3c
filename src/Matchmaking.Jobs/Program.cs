Console.WriteLine("Matchmaking worker");
