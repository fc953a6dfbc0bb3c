using CsCheck;
using Matchmaking.Matching.Brokerage;

namespace Matchmaking.Tests.Cases;

/// <summary>Whatever everybody does in whatever order: what must never be is not.</summary>
public sealed class CaseInterleavingsTests
{
    private sealed record Command(int Verb, CaseSide Side, CaseLayer Layer);

    // What leads forward comes often, so that late stages are reached; the end rarely.
    private static readonly int[] Verbs = [0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 5, 6, 6, 7, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9, 9, 10, 10, 10, 11, 11, 12, 12, 13, 13];

    private static readonly Gen<Command> Commands = Gen.Select(Gen.Int[0, Verbs.Length - 1], Gen.Bool, Gen.Bool,
        (verb, need, contact) => new Command(Verbs[verb], need ? CaseSide.Need : CaseSide.Achievement, contact ? CaseLayer.Contact : CaseLayer.Documents));

    [Fact]
    public void No_contact_without_two_standing_consents_no_stage_skipped_and_the_end_is_the_end()
    {
        var shown = 0;
        var reached = new HashSet<CaseStage>();
        Commands.Array[1, 200].Sample(commands =>
        {
            var match = CasePair.Graded();
            // Asked for by a side, or proposed by a broker.
            var tried = commands.Length % 2 == 0 ? Case.Request(match, CaseSide.Need, Interest.None, 1, CasePair.At) : Case.Propose(match, CasePair.Broker, CasePair.At);
            // What the test itself knows of consents, from the acts that were not refused.
            var standing = new HashSet<(CaseSide, CaseLayer)>();
            var nda = new HashSet<CaseSide>();
            var ndaAsked = false;
            var ended = false;
            foreach (var (verb, side, layer) in commands)
            {
                var (before, version) = (tried.Stage, tried.Version);
                try
                {
                    Do(tried, match, verb, side, layer, standing, nda, ref ndaAsked, ref shown);
                }
                catch (CaseRefusedException)
                {
                    Assert.Equal((before, version), (tried.Stage, tried.Version));
                    continue;
                }
                reached.Add(tried.Stage);
                if (ended) Assert.Equal(before, tried.Stage);
                ended |= tried.Stage is CaseStage.Ended or CaseStage.Closed;
                var both = standing.Contains((CaseSide.Need, CaseLayer.Contact)) && standing.Contains((CaseSide.Achievement, CaseLayer.Contact));
                Assert.Equal(both, tried.ContactsOpen);
                foreach (var of in Enum.GetValues<CaseSide>())
                {
                    if (tried.MayRead(of, CaseLayer.Contact)) Assert.True(both);
                    if (tried.MayRead(of, CaseLayer.Documents)) Assert.True(both && standing.Contains((of, CaseLayer.Documents)) && (!ndaAsked || nda.Count == 2));
                }
            }
            foreach (var step in tried.Steps)
                Assert.True(step.From is null || step.To == step.From || step.To == step.From + 1 || (step.To == CaseStage.Ended && step.From != CaseStage.Closed), $"{step.From} to {step.To}");
        }, iter: 5_000, threads: 1);
        // Else the check would have looked at nothing.
        Assert.True(shown > 100, $"Only {shown} showings were tried.");
        Assert.Equal(Enum.GetValues<CaseStage>().Skip(1), reached.Where(s => s != CaseStage.Recommended).Order());
    }

    private static void Do(
        Case tried, Match match, int verb, CaseSide side, CaseLayer layer, HashSet<(CaseSide, CaseLayer)> standing, HashSet<CaseSide> nda, ref bool ndaAsked, ref int shown)
    {
        var (at, broker) = (CasePair.At, CasePair.Broker);
        switch (verb)
        {
            case 0: tried.Accept(match, broker, at); break;
            case 1: tried.Push(match, broker, at); break;
            case 2: tried.SayInterested(side, Interest.None, 1, at); break;
            case 3:
                tried.Consent(side, layer, ConsentPurpose.Cooperation, "对方", 1, at);
                standing.Add((side, layer));
                break;
            case 4:
                tried.WithdrawConsent(side, layer, 1, at);
                standing.Remove((side, layer));
                break;
            case 5: tried.Decline(side, EndReason.Price, "", 1, at); break;
            case 6: tried.Ask(side, 1, at); break;
            case 7:
                tried.Read(side, layer, 2, at);
                shown++;
                Assert.Contains((CaseSide.Need, CaseLayer.Contact), standing);
                Assert.Contains((CaseSide.Achievement, CaseLayer.Contact), standing);
                if (layer == CaseLayer.Documents) Assert.Contains((side, layer), standing);
                break;
            case 8: tried.Meet(broker, at); break;
            case 9: tried.Negotiate(broker, at); break;
            case 10: tried.Sign(1, broker, at); break;
            case 11:
                tried.Register(broker, at);
                break;
            case 12: tried.Close(broker, at); break;
            default:
                if (nda.Count == 0 && !ndaAsked)
                {
                    tried.AskNda("双方保密。", broker, at);
                    ndaAsked = true;
                }
                else
                {
                    tried.AcceptNda(side, 1, at);
                    nda.Add(side);
                }
                break;
        }
    }
}
