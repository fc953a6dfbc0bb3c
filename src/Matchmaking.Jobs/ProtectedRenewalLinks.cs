using System.Buffers.Binary;
using System.Security.Cryptography;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Matchmaking.Jobs;

/// <summary>What a renewal link says: which record, whom it was sent to, and the end it was about. Once the end has moved the link is used up.</summary>
public sealed record RenewalTicket(int ListingId, int UserId, DateOnly ValidUntil);

/// <summary>
/// Signed and encrypted addresses that do one thing: keep one record open from one end on. Sixteen bytes before protection (record, person, end, last day of the
/// link), so that the address fits a notice. Protected for this purpose alone: no other token of the site is taken here, nor this one elsewhere.
/// </summary>
public sealed class ProtectedRenewalLinks(IDataProtectionProvider protection, LocalCalendar calendar) : IRenewalLinks
{
    /// <summary>Days after the record's end on which the link still works.</summary>
    public const int GraceDays = 30;

    private const int Bytes = 16;

    private IDataProtector Protector => protection.CreateProtector("Matchmaking.RenewListing", "1");

    public string For(Listing listing, int userId)
    {
        var end = listing.ValidUntil ?? throw new InvalidOperationException("A record without an end is not renewed.");
        Span<byte> plain = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt32BigEndian(plain, listing.Id);
        BinaryPrimitives.WriteInt32BigEndian(plain[4..], userId);
        BinaryPrimitives.WriteInt32BigEndian(plain[8..], end.DayNumber);
        BinaryPrimitives.WriteInt32BigEndian(plain[12..], end.AddDays(GraceDays).DayNumber);
        return "/renew/" + WebEncoders.Base64UrlEncode(Protector.Protect(plain.ToArray()));
    }

    /// <summary>What a token says; null when it is not ours, was changed, or its last day has passed.</summary>
    public RenewalTicket? Read(string token)
    {
        byte[] plain;
        try
        {
            plain = Protector.Unprotect(WebEncoders.Base64UrlDecode(token));
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException)
        {
            return null;
        }
        if (plain.Length != Bytes || BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(12)) < calendar.Today.DayNumber) return null;
        return new RenewalTicket(BinaryPrimitives.ReadInt32BigEndian(plain), BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(4)), DateOnly.FromDayNumber(BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(8))));
    }
}
