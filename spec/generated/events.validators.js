// Made by `npm run generate` from spec/events.asyncapi.yaml. Do not edit.
"use strict";
export const validateOrderReceived = validate21;
const schema6 = {"type":"object","required":["orderId","customer","items","lines","meta"],"properties":{"orderId":{"$ref":"OrderId"},"customer":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string"}},{"if":{"type":"object"},"then":{"type":"object","required":["email"],"properties":{"name":{"type":"string"},"email":{"type":"string"},"phone":{"type":"string"},"company":{"type":"string"},"taxId":{"type":"string"}},"x-null-is-absent":["name","phone","company","taxId"]}}]},"items":{"type":"array","items":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string"}},{"if":{"type":"object"},"then":{"type":"object","required":["productName","quantity"],"properties":{"productId":{"type":"string"},"productName":{"type":"string"},"quantity":{"type":"integer"},"unitPrice":{"type":"number"},"id":{"type":"string"},"discount":{"type":"number"},"discountCodes":{"type":"array","items":{"type":"string"}},"tax":{"type":"number"},"taxRate":{"type":"number"},"total":{"type":"number"}},"x-null-is-absent":["productId","unitPrice","id","discount","discountCodes","tax","taxRate","total"]}}]}},"total":{"type":"number"},"currency":{"type":"string"},"locale":{"type":"string"},"metadata":{"type":"object"},"billingAddress":{"$ref":"PostalAddress"},"fulfillments":{"type":"array","items":{"$ref":"Fulfillment"}},"taxes":{"type":"array","items":{"type":"object","required":["jurisdiction","rate","amount"],"properties":{"jurisdiction":{"type":"string"},"rate":{"type":"number"},"amount":{"type":"number"}}}},"taxIncluded":{"type":"boolean"},"totals":{"type":"array","items":{"type":"object","required":["type","text","amount"],"properties":{"type":{"type":"string"},"text":{"type":"string"},"amount":{"type":"number"}}}},"notes":{"type":"string"},"payment":{"type":"object","required":["provider","id","state","amount"],"properties":{"provider":{"type":"string"},"id":{"type":"string"},"state":{"type":"string"},"amount":{"type":"number"}}},"checkout":{"type":"object","required":["sessionId"],"properties":{"sessionId":{"type":"string"},"clientId":{"type":"string"}},"x-null-is-absent":["clientId"]},"lines":{"type":"array","items":{"$ref":"Line"}},"meta":{"$ref":"Meta"}},"x-null-is-absent":["total","currency","locale","metadata","billingAddress","fulfillments","taxes","taxIncluded","totals","notes","payment","checkout"],"$id":"OrderReceived"};
const schema7 = {"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$","x-rule":"must be 1 to 64 letters, digits or . _ - and begin with a letter or digit","$id":"OrderId"};
const pattern0 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", "u");

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="OrderId" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
const err0 = {instancePath,keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
validate22.errors = vErrors;
return errors === 0;
}

const schema8 = {"type":"object","required":["line1","city","postalCode","country"],"properties":{"name":{"type":"string"},"company":{"type":"string"},"line1":{"type":"string"},"line2":{"type":"string"},"city":{"type":"string"},"region":{"type":"string"},"postalCode":{"type":"string"},"country":{"type":"string"}},"x-null-is-absent":["name","company","line2","region"],"$id":"PostalAddress"};

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="PostalAddress" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.line1 === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "line1"}};
errors = (vErrors ??= []).push(err0);
}
if(data.city === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "city"}};
errors = (vErrors ??= []).push(err1);
}
if(data.postalCode === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "postalCode"}};
errors = (vErrors ??= []).push(err2);
}
if(data.country === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "country"}};
errors = (vErrors ??= []).push(err3);
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
const err4 = {instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.company !== undefined){
if(typeof data.company !== "string"){
const err5 = {instancePath:instancePath+"/company",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.line1 !== undefined){
if(typeof data.line1 !== "string"){
const err6 = {instancePath:instancePath+"/line1",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err6);
}
}
if(data.line2 !== undefined){
if(typeof data.line2 !== "string"){
const err7 = {instancePath:instancePath+"/line2",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err7);
}
}
if(data.city !== undefined){
if(typeof data.city !== "string"){
const err8 = {instancePath:instancePath+"/city",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err8);
}
}
if(data.region !== undefined){
if(typeof data.region !== "string"){
const err9 = {instancePath:instancePath+"/region",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err9);
}
}
if(data.postalCode !== undefined){
if(typeof data.postalCode !== "string"){
const err10 = {instancePath:instancePath+"/postalCode",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err10);
}
}
if(data.country !== undefined){
if(typeof data.country !== "string"){
const err11 = {instancePath:instancePath+"/country",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err11);
}
}
}
else {
const err12 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err12);
}
validate24.errors = vErrors;
return errors === 0;
}

const schema9 = {"type":"object","required":["id","type","title","items","price","discount","tax","total"],"properties":{"id":{"type":"string"},"type":{"type":"string"},"title":{"type":"string"},"items":{"type":"array","items":{"type":"object","required":["id","quantity"],"properties":{"id":{"type":"string"},"quantity":{"type":"integer"}}}},"earliest":{"type":"string","format":"date-time"},"latest":{"type":"string","format":"date-time"},"recipient":{"type":"object","properties":{"name":{"type":"string"},"email":{"type":"string"},"phone":{"type":"string"}},"x-null-is-absent":["name","email","phone"]},"address":{"$ref":"PostalAddress"},"instructions":{"type":"string"},"price":{"type":"number"},"discount":{"type":"number"},"discountCodes":{"type":"array","items":{"type":"string"}},"tax":{"type":"number"},"taxRate":{"type":"number"},"total":{"type":"number"}},"x-null-is-absent":["earliest","latest","recipient","address","instructions","discountCodes","taxRate"],"$id":"Fulfillment"};
const formats0 = /^(?:\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)|23:59:60(?:\.\d+)?(?:Z|[+-]00:00))$/i;

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Fulfillment" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err0);
}
if(data.type === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err1);
}
if(data.title === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "title"}};
errors = (vErrors ??= []).push(err2);
}
if(data.items === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "items"}};
errors = (vErrors ??= []).push(err3);
}
if(data.price === undefined){
const err4 = {instancePath,keyword:"required",params:{missingProperty: "price"}};
errors = (vErrors ??= []).push(err4);
}
if(data.discount === undefined){
const err5 = {instancePath,keyword:"required",params:{missingProperty: "discount"}};
errors = (vErrors ??= []).push(err5);
}
if(data.tax === undefined){
const err6 = {instancePath,keyword:"required",params:{missingProperty: "tax"}};
errors = (vErrors ??= []).push(err6);
}
if(data.total === undefined){
const err7 = {instancePath,keyword:"required",params:{missingProperty: "total"}};
errors = (vErrors ??= []).push(err7);
}
if(data.id !== undefined){
if(typeof data.id !== "string"){
const err8 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err8);
}
}
if(data.type !== undefined){
if(typeof data.type !== "string"){
const err9 = {instancePath:instancePath+"/type",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err9);
}
}
if(data.title !== undefined){
if(typeof data.title !== "string"){
const err10 = {instancePath:instancePath+"/title",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err10);
}
}
if(data.items !== undefined){
let data3 = data.items;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.id === undefined){
const err11 = {instancePath:instancePath+"/items/" + i0,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err11);
}
if(data4.quantity === undefined){
const err12 = {instancePath:instancePath+"/items/" + i0,keyword:"required",params:{missingProperty: "quantity"}};
errors = (vErrors ??= []).push(err12);
}
if(data4.id !== undefined){
if(typeof data4.id !== "string"){
const err13 = {instancePath:instancePath+"/items/" + i0+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err13);
}
}
if(data4.quantity !== undefined){
let data6 = data4.quantity;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err14 = {instancePath:instancePath+"/items/" + i0+"/quantity",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err14);
}
}
}
else {
const err15 = {instancePath:instancePath+"/items/" + i0,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err15);
}
}
}
else {
const err16 = {instancePath:instancePath+"/items",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err16);
}
}
if(data.earliest !== undefined){
let data7 = data.earliest;
if(typeof data7 === "string"){
if(!(formats0.test(data7))){
const err17 = {instancePath:instancePath+"/earliest",keyword:"format",params:{format: "date-time"}};
errors = (vErrors ??= []).push(err17);
}
}
else {
const err18 = {instancePath:instancePath+"/earliest",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err18);
}
}
if(data.latest !== undefined){
let data8 = data.latest;
if(typeof data8 === "string"){
if(!(formats0.test(data8))){
const err19 = {instancePath:instancePath+"/latest",keyword:"format",params:{format: "date-time"}};
errors = (vErrors ??= []).push(err19);
}
}
else {
const err20 = {instancePath:instancePath+"/latest",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err20);
}
}
if(data.recipient !== undefined){
let data9 = data.recipient;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.name !== undefined){
if(typeof data9.name !== "string"){
const err21 = {instancePath:instancePath+"/recipient/name",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err21);
}
}
if(data9.email !== undefined){
if(typeof data9.email !== "string"){
const err22 = {instancePath:instancePath+"/recipient/email",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err22);
}
}
if(data9.phone !== undefined){
if(typeof data9.phone !== "string"){
const err23 = {instancePath:instancePath+"/recipient/phone",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err23);
}
}
}
else {
const err24 = {instancePath:instancePath+"/recipient",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err24);
}
}
if(data.address !== undefined){
if(!(validate24(data.address, {instancePath:instancePath+"/address",parentData:data,parentDataProperty:"address",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.instructions !== undefined){
if(typeof data.instructions !== "string"){
const err25 = {instancePath:instancePath+"/instructions",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err25);
}
}
if(data.price !== undefined){
let data15 = data.price;
if(!((typeof data15 == "number") && (isFinite(data15)))){
const err26 = {instancePath:instancePath+"/price",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err26);
}
}
if(data.discount !== undefined){
let data16 = data.discount;
if(!((typeof data16 == "number") && (isFinite(data16)))){
const err27 = {instancePath:instancePath+"/discount",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err27);
}
}
if(data.discountCodes !== undefined){
let data17 = data.discountCodes;
if(Array.isArray(data17)){
const len1 = data17.length;
for(let i1=0; i1<len1; i1++){
if(typeof data17[i1] !== "string"){
const err28 = {instancePath:instancePath+"/discountCodes/" + i1,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err28);
}
}
}
else {
const err29 = {instancePath:instancePath+"/discountCodes",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err29);
}
}
if(data.tax !== undefined){
let data19 = data.tax;
if(!((typeof data19 == "number") && (isFinite(data19)))){
const err30 = {instancePath:instancePath+"/tax",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err30);
}
}
if(data.taxRate !== undefined){
let data20 = data.taxRate;
if(!((typeof data20 == "number") && (isFinite(data20)))){
const err31 = {instancePath:instancePath+"/taxRate",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err31);
}
}
if(data.total !== undefined){
let data21 = data.total;
if(!((typeof data21 == "number") && (isFinite(data21)))){
const err32 = {instancePath:instancePath+"/total",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err32);
}
}
}
else {
const err33 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err33);
}
validate26.errors = vErrors;
return errors === 0;
}

const schema10 = {"type":"object","required":["name","quantity"],"properties":{"productId":{"type":"string"},"name":{"type":"string"},"quantity":{"type":"integer"},"unitPrice":{"type":"number"}},"x-null-is-absent":["productId","unitPrice"],"$id":"Line"};

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Line" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "name"}};
errors = (vErrors ??= []).push(err0);
}
if(data.quantity === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "quantity"}};
errors = (vErrors ??= []).push(err1);
}
if(data.productId !== undefined){
if(typeof data.productId !== "string"){
const err2 = {instancePath:instancePath+"/productId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
const err3 = {instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.quantity !== undefined){
let data2 = data.quantity;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err4 = {instancePath:instancePath+"/quantity",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.unitPrice !== undefined){
let data3 = data.unitPrice;
if(!((typeof data3 == "number") && (isFinite(data3)))){
const err5 = {instancePath:instancePath+"/unitPrice",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err5);
}
}
}
else {
const err6 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err6);
}
validate29.errors = vErrors;
return errors === 0;
}

const schema11 = {"type":"object","required":["correlationId","receivedAt"],"properties":{"correlationId":{"type":"string"},"receivedAt":{"type":"string","format":"date-time"},"occurredAt":{"$ref":"OccurredAt"}},"x-null-is-absent":["occurredAt"],"$id":"Meta"};
const schema12 = {"type":"string","format":"date-time","$id":"OccurredAt"};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="OccurredAt" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!(formats0.test(data))){
const err0 = {instancePath,keyword:"format",params:{format: "date-time"}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
validate32.errors = vErrors;
return errors === 0;
}


function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Meta" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.correlationId === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "correlationId"}};
errors = (vErrors ??= []).push(err0);
}
if(data.receivedAt === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "receivedAt"}};
errors = (vErrors ??= []).push(err1);
}
if(data.correlationId !== undefined){
if(typeof data.correlationId !== "string"){
const err2 = {instancePath:instancePath+"/correlationId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.receivedAt !== undefined){
let data1 = data.receivedAt;
if(typeof data1 === "string"){
if(!(formats0.test(data1))){
const err3 = {instancePath:instancePath+"/receivedAt",keyword:"format",params:{format: "date-time"}};
errors = (vErrors ??= []).push(err3);
}
}
else {
const err4 = {instancePath:instancePath+"/receivedAt",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.occurredAt !== undefined){
if(!(validate32(data.occurredAt, {instancePath:instancePath+"/occurredAt",parentData:data,parentDataProperty:"occurredAt",rootData}))){
vErrors ??= [];
for (const error of validate32.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err5);
}
validate31.errors = vErrors;
return errors === 0;
}


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="OrderReceived" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.orderId === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "orderId"}};
errors = (vErrors ??= []).push(err0);
}
if(data.customer === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "customer"}};
errors = (vErrors ??= []).push(err1);
}
if(data.items === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "items"}};
errors = (vErrors ??= []).push(err2);
}
if(data.lines === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "lines"}};
errors = (vErrors ??= []).push(err3);
}
if(data.meta === undefined){
const err4 = {instancePath,keyword:"required",params:{missingProperty: "meta"}};
errors = (vErrors ??= []).push(err4);
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, {instancePath:instancePath+"/orderId",parentData:data,parentDataProperty:"orderId",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.customer !== undefined){
let data1 = data.customer;
if((typeof data1 !== "string") && (!(data1 && typeof data1 == "object" && !Array.isArray(data1)))){
const err5 = {instancePath:instancePath+"/customer",keyword:"type",params:{type: schema6.properties.customer.type}};
errors = (vErrors ??= []).push(err5);
}
const _errs5 = errors;
let valid2 = true;
const _errs6 = errors;
if(typeof data1 !== "string"){
const err6 = {};
errors = (vErrors ??= []).push(err6);
}
var _valid0 = _errs6 === errors;
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs8 = errors;
if(typeof data1 !== "string"){
const err7 = {instancePath:instancePath+"/customer",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err7);
}
var _valid0 = _errs8 === errors;
valid2 = _valid0;
}
if(!valid2){
const err8 = {instancePath:instancePath+"/customer",keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err8);
}
const _errs11 = errors;
let valid3 = true;
const _errs12 = errors;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err9 = {};
errors = (vErrors ??= []).push(err9);
}
var _valid1 = _errs12 === errors;
errors = _errs11;
if(vErrors !== null){
if(_errs11){
vErrors.length = _errs11;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs14 = errors;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.email === undefined){
const err10 = {instancePath:instancePath+"/customer",keyword:"required",params:{missingProperty: "email"}};
errors = (vErrors ??= []).push(err10);
}
if(data1.name !== undefined){
if(typeof data1.name !== "string"){
const err11 = {instancePath:instancePath+"/customer/name",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err11);
}
}
if(data1.email !== undefined){
if(typeof data1.email !== "string"){
const err12 = {instancePath:instancePath+"/customer/email",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err12);
}
}
if(data1.phone !== undefined){
if(typeof data1.phone !== "string"){
const err13 = {instancePath:instancePath+"/customer/phone",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err13);
}
}
if(data1.company !== undefined){
if(typeof data1.company !== "string"){
const err14 = {instancePath:instancePath+"/customer/company",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err14);
}
}
if(data1.taxId !== undefined){
if(typeof data1.taxId !== "string"){
const err15 = {instancePath:instancePath+"/customer/taxId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err15);
}
}
}
else {
const err16 = {instancePath:instancePath+"/customer",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err16);
}
var _valid1 = _errs14 === errors;
valid3 = _valid1;
}
if(!valid3){
const err17 = {instancePath:instancePath+"/customer",keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err17);
}
}
if(data.items !== undefined){
let data7 = data.items;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if((typeof data8 !== "string") && (!(data8 && typeof data8 == "object" && !Array.isArray(data8)))){
const err18 = {instancePath:instancePath+"/items/" + i0,keyword:"type",params:{type: schema6.properties.items.items.type}};
errors = (vErrors ??= []).push(err18);
}
const _errs31 = errors;
let valid8 = true;
const _errs32 = errors;
if(typeof data8 !== "string"){
const err19 = {};
errors = (vErrors ??= []).push(err19);
}
var _valid2 = _errs32 === errors;
errors = _errs31;
if(vErrors !== null){
if(_errs31){
vErrors.length = _errs31;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs34 = errors;
if(typeof data8 !== "string"){
const err20 = {instancePath:instancePath+"/items/" + i0,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err20);
}
var _valid2 = _errs34 === errors;
valid8 = _valid2;
}
if(!valid8){
const err21 = {instancePath:instancePath+"/items/" + i0,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err21);
}
const _errs37 = errors;
let valid9 = true;
const _errs38 = errors;
if(!(data8 && typeof data8 == "object" && !Array.isArray(data8))){
const err22 = {};
errors = (vErrors ??= []).push(err22);
}
var _valid3 = _errs38 === errors;
errors = _errs37;
if(vErrors !== null){
if(_errs37){
vErrors.length = _errs37;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs40 = errors;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.productName === undefined){
const err23 = {instancePath:instancePath+"/items/" + i0,keyword:"required",params:{missingProperty: "productName"}};
errors = (vErrors ??= []).push(err23);
}
if(data8.quantity === undefined){
const err24 = {instancePath:instancePath+"/items/" + i0,keyword:"required",params:{missingProperty: "quantity"}};
errors = (vErrors ??= []).push(err24);
}
if(data8.productId !== undefined){
if(typeof data8.productId !== "string"){
const err25 = {instancePath:instancePath+"/items/" + i0+"/productId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err25);
}
}
if(data8.productName !== undefined){
if(typeof data8.productName !== "string"){
const err26 = {instancePath:instancePath+"/items/" + i0+"/productName",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err26);
}
}
if(data8.quantity !== undefined){
let data11 = data8.quantity;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
const err27 = {instancePath:instancePath+"/items/" + i0+"/quantity",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err27);
}
}
if(data8.unitPrice !== undefined){
let data12 = data8.unitPrice;
if(!((typeof data12 == "number") && (isFinite(data12)))){
const err28 = {instancePath:instancePath+"/items/" + i0+"/unitPrice",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err28);
}
}
if(data8.id !== undefined){
if(typeof data8.id !== "string"){
const err29 = {instancePath:instancePath+"/items/" + i0+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err29);
}
}
if(data8.discount !== undefined){
let data14 = data8.discount;
if(!((typeof data14 == "number") && (isFinite(data14)))){
const err30 = {instancePath:instancePath+"/items/" + i0+"/discount",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err30);
}
}
if(data8.discountCodes !== undefined){
let data15 = data8.discountCodes;
if(Array.isArray(data15)){
const len1 = data15.length;
for(let i1=0; i1<len1; i1++){
if(typeof data15[i1] !== "string"){
const err31 = {instancePath:instancePath+"/items/" + i0+"/discountCodes/" + i1,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err31);
}
}
}
else {
const err32 = {instancePath:instancePath+"/items/" + i0+"/discountCodes",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err32);
}
}
if(data8.tax !== undefined){
let data17 = data8.tax;
if(!((typeof data17 == "number") && (isFinite(data17)))){
const err33 = {instancePath:instancePath+"/items/" + i0+"/tax",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err33);
}
}
if(data8.taxRate !== undefined){
let data18 = data8.taxRate;
if(!((typeof data18 == "number") && (isFinite(data18)))){
const err34 = {instancePath:instancePath+"/items/" + i0+"/taxRate",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err34);
}
}
if(data8.total !== undefined){
let data19 = data8.total;
if(!((typeof data19 == "number") && (isFinite(data19)))){
const err35 = {instancePath:instancePath+"/items/" + i0+"/total",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err35);
}
}
}
else {
const err36 = {instancePath:instancePath+"/items/" + i0,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err36);
}
var _valid3 = _errs40 === errors;
valid9 = _valid3;
}
if(!valid9){
const err37 = {instancePath:instancePath+"/items/" + i0,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err37);
}
}
}
else {
const err38 = {instancePath:instancePath+"/items",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err38);
}
}
if(data.total !== undefined){
let data20 = data.total;
if(!((typeof data20 == "number") && (isFinite(data20)))){
const err39 = {instancePath:instancePath+"/total",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err39);
}
}
if(data.currency !== undefined){
if(typeof data.currency !== "string"){
const err40 = {instancePath:instancePath+"/currency",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err40);
}
}
if(data.locale !== undefined){
if(typeof data.locale !== "string"){
const err41 = {instancePath:instancePath+"/locale",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err41);
}
}
if(data.metadata !== undefined){
let data23 = data.metadata;
if(!(data23 && typeof data23 == "object" && !Array.isArray(data23))){
const err42 = {instancePath:instancePath+"/metadata",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err42);
}
}
if(data.billingAddress !== undefined){
if(!(validate24(data.billingAddress, {instancePath:instancePath+"/billingAddress",parentData:data,parentDataProperty:"billingAddress",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.fulfillments !== undefined){
let data25 = data.fulfillments;
if(Array.isArray(data25)){
const len2 = data25.length;
for(let i2=0; i2<len2; i2++){
if(!(validate26(data25[i2], {instancePath:instancePath+"/fulfillments/" + i2,parentData:data25,parentDataProperty:i2,rootData}))){
vErrors ??= [];
for (const error of validate26.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err43 = {instancePath:instancePath+"/fulfillments",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err43);
}
}
if(data.taxes !== undefined){
let data27 = data.taxes;
if(Array.isArray(data27)){
const len3 = data27.length;
for(let i3=0; i3<len3; i3++){
let data28 = data27[i3];
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
if(data28.jurisdiction === undefined){
const err44 = {instancePath:instancePath+"/taxes/" + i3,keyword:"required",params:{missingProperty: "jurisdiction"}};
errors = (vErrors ??= []).push(err44);
}
if(data28.rate === undefined){
const err45 = {instancePath:instancePath+"/taxes/" + i3,keyword:"required",params:{missingProperty: "rate"}};
errors = (vErrors ??= []).push(err45);
}
if(data28.amount === undefined){
const err46 = {instancePath:instancePath+"/taxes/" + i3,keyword:"required",params:{missingProperty: "amount"}};
errors = (vErrors ??= []).push(err46);
}
if(data28.jurisdiction !== undefined){
if(typeof data28.jurisdiction !== "string"){
const err47 = {instancePath:instancePath+"/taxes/" + i3+"/jurisdiction",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err47);
}
}
if(data28.rate !== undefined){
let data30 = data28.rate;
if(!((typeof data30 == "number") && (isFinite(data30)))){
const err48 = {instancePath:instancePath+"/taxes/" + i3+"/rate",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err48);
}
}
if(data28.amount !== undefined){
let data31 = data28.amount;
if(!((typeof data31 == "number") && (isFinite(data31)))){
const err49 = {instancePath:instancePath+"/taxes/" + i3+"/amount",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err49);
}
}
}
else {
const err50 = {instancePath:instancePath+"/taxes/" + i3,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err50);
}
}
}
else {
const err51 = {instancePath:instancePath+"/taxes",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err51);
}
}
if(data.taxIncluded !== undefined){
if(typeof data.taxIncluded !== "boolean"){
const err52 = {instancePath:instancePath+"/taxIncluded",keyword:"type",params:{type: "boolean"}};
errors = (vErrors ??= []).push(err52);
}
}
if(data.totals !== undefined){
let data33 = data.totals;
if(Array.isArray(data33)){
const len4 = data33.length;
for(let i4=0; i4<len4; i4++){
let data34 = data33[i4];
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
if(data34.type === undefined){
const err53 = {instancePath:instancePath+"/totals/" + i4,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err53);
}
if(data34.text === undefined){
const err54 = {instancePath:instancePath+"/totals/" + i4,keyword:"required",params:{missingProperty: "text"}};
errors = (vErrors ??= []).push(err54);
}
if(data34.amount === undefined){
const err55 = {instancePath:instancePath+"/totals/" + i4,keyword:"required",params:{missingProperty: "amount"}};
errors = (vErrors ??= []).push(err55);
}
if(data34.type !== undefined){
if(typeof data34.type !== "string"){
const err56 = {instancePath:instancePath+"/totals/" + i4+"/type",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err56);
}
}
if(data34.text !== undefined){
if(typeof data34.text !== "string"){
const err57 = {instancePath:instancePath+"/totals/" + i4+"/text",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err57);
}
}
if(data34.amount !== undefined){
let data37 = data34.amount;
if(!((typeof data37 == "number") && (isFinite(data37)))){
const err58 = {instancePath:instancePath+"/totals/" + i4+"/amount",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err58);
}
}
}
else {
const err59 = {instancePath:instancePath+"/totals/" + i4,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err59);
}
}
}
else {
const err60 = {instancePath:instancePath+"/totals",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err60);
}
}
if(data.notes !== undefined){
if(typeof data.notes !== "string"){
const err61 = {instancePath:instancePath+"/notes",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err61);
}
}
if(data.payment !== undefined){
let data39 = data.payment;
if(data39 && typeof data39 == "object" && !Array.isArray(data39)){
if(data39.provider === undefined){
const err62 = {instancePath:instancePath+"/payment",keyword:"required",params:{missingProperty: "provider"}};
errors = (vErrors ??= []).push(err62);
}
if(data39.id === undefined){
const err63 = {instancePath:instancePath+"/payment",keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err63);
}
if(data39.state === undefined){
const err64 = {instancePath:instancePath+"/payment",keyword:"required",params:{missingProperty: "state"}};
errors = (vErrors ??= []).push(err64);
}
if(data39.amount === undefined){
const err65 = {instancePath:instancePath+"/payment",keyword:"required",params:{missingProperty: "amount"}};
errors = (vErrors ??= []).push(err65);
}
if(data39.provider !== undefined){
if(typeof data39.provider !== "string"){
const err66 = {instancePath:instancePath+"/payment/provider",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err66);
}
}
if(data39.id !== undefined){
if(typeof data39.id !== "string"){
const err67 = {instancePath:instancePath+"/payment/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err67);
}
}
if(data39.state !== undefined){
if(typeof data39.state !== "string"){
const err68 = {instancePath:instancePath+"/payment/state",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err68);
}
}
if(data39.amount !== undefined){
let data43 = data39.amount;
if(!((typeof data43 == "number") && (isFinite(data43)))){
const err69 = {instancePath:instancePath+"/payment/amount",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err69);
}
}
}
else {
const err70 = {instancePath:instancePath+"/payment",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err70);
}
}
if(data.checkout !== undefined){
let data44 = data.checkout;
if(data44 && typeof data44 == "object" && !Array.isArray(data44)){
if(data44.sessionId === undefined){
const err71 = {instancePath:instancePath+"/checkout",keyword:"required",params:{missingProperty: "sessionId"}};
errors = (vErrors ??= []).push(err71);
}
if(data44.sessionId !== undefined){
if(typeof data44.sessionId !== "string"){
const err72 = {instancePath:instancePath+"/checkout/sessionId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err72);
}
}
if(data44.clientId !== undefined){
if(typeof data44.clientId !== "string"){
const err73 = {instancePath:instancePath+"/checkout/clientId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err73);
}
}
}
else {
const err74 = {instancePath:instancePath+"/checkout",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err74);
}
}
if(data.lines !== undefined){
let data47 = data.lines;
if(Array.isArray(data47)){
const len5 = data47.length;
for(let i5=0; i5<len5; i5++){
if(!(validate29(data47[i5], {instancePath:instancePath+"/lines/" + i5,parentData:data47,parentDataProperty:i5,rootData}))){
vErrors ??= [];
for (const error of validate29.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err75 = {instancePath:instancePath+"/lines",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err75);
}
}
if(data.meta !== undefined){
if(!(validate31(data.meta, {instancePath:instancePath+"/meta",parentData:data,parentDataProperty:"meta",rootData}))){
vErrors ??= [];
for (const error of validate31.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err76 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err76);
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateOrderRejected = validate35;
const schema13 = {"type":"object","required":["orderId","reason","meta"],"properties":{"orderId":{"type":"string"},"reason":{"type":"string","enum":["conflict","invalid"]},"errors":{"type":"array","items":{"$ref":"Fault"}},"order":{},"meta":{"$ref":"Meta"}},"x-null-is-absent":["errors"],"$id":"OrderRejected"};
const schema14 = {"type":"object","required":["pointer","detail"],"properties":{"pointer":{"type":"string"},"detail":{"type":"string"}},"$id":"Fault"};

function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Fault" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.pointer === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "pointer"}};
errors = (vErrors ??= []).push(err0);
}
if(data.detail === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "detail"}};
errors = (vErrors ??= []).push(err1);
}
if(data.pointer !== undefined){
if(typeof data.pointer !== "string"){
const err2 = {instancePath:instancePath+"/pointer",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.detail !== undefined){
if(typeof data.detail !== "string"){
const err3 = {instancePath:instancePath+"/detail",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err3);
}
}
}
else {
const err4 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err4);
}
validate36.errors = vErrors;
return errors === 0;
}


function validate35(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="OrderRejected" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.orderId === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "orderId"}};
errors = (vErrors ??= []).push(err0);
}
if(data.reason === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "reason"}};
errors = (vErrors ??= []).push(err1);
}
if(data.meta === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "meta"}};
errors = (vErrors ??= []).push(err2);
}
if(data.orderId !== undefined){
if(typeof data.orderId !== "string"){
const err3 = {instancePath:instancePath+"/orderId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.reason !== undefined){
let data1 = data.reason;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/reason",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
if(!((data1 === "conflict") || (data1 === "invalid"))){
const err5 = {instancePath:instancePath+"/reason",keyword:"enum",params:{allowedValues: schema13.properties.reason.enum}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.errors !== undefined){
let data2 = data.errors;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate36(data2[i0], {instancePath:instancePath+"/errors/" + i0,parentData:data2,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate36.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/errors",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err6);
}
}
if(data.meta !== undefined){
if(!(validate31(data.meta, {instancePath:instancePath+"/meta",parentData:data,parentDataProperty:"meta",rootData}))){
vErrors ??= [];
for (const error of validate31.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err7);
}
validate35.errors = vErrors;
return errors === 0;
}

export const validateInventoryReserved = validate39;
const schema15 = {"type":"object","required":["orderId","lines","untracked","meta"],"properties":{"orderId":{"$ref":"OrderId"},"lines":{"type":"array","items":{"$ref":"Quantity"}},"untracked":{"type":"array","items":{"$ref":"Line"}},"meta":{"$ref":"Meta"}},"$id":"InventoryReserved"};
const schema16 = {"type":"object","required":["productId","name","quantity"],"properties":{"productId":{"type":"string"},"name":{"type":"string"},"quantity":{"type":"integer"}},"$id":"Quantity"};

function validate41(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Quantity" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.productId === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "productId"}};
errors = (vErrors ??= []).push(err0);
}
if(data.name === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "name"}};
errors = (vErrors ??= []).push(err1);
}
if(data.quantity === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "quantity"}};
errors = (vErrors ??= []).push(err2);
}
if(data.productId !== undefined){
if(typeof data.productId !== "string"){
const err3 = {instancePath:instancePath+"/productId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
const err4 = {instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.quantity !== undefined){
let data2 = data.quantity;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err5 = {instancePath:instancePath+"/quantity",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err5);
}
}
}
else {
const err6 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err6);
}
validate41.errors = vErrors;
return errors === 0;
}


function validate39(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="InventoryReserved" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.orderId === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "orderId"}};
errors = (vErrors ??= []).push(err0);
}
if(data.lines === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "lines"}};
errors = (vErrors ??= []).push(err1);
}
if(data.untracked === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "untracked"}};
errors = (vErrors ??= []).push(err2);
}
if(data.meta === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "meta"}};
errors = (vErrors ??= []).push(err3);
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, {instancePath:instancePath+"/orderId",parentData:data,parentDataProperty:"orderId",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.lines !== undefined){
let data1 = data.lines;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate41(data1[i0], {instancePath:instancePath+"/lines/" + i0,parentData:data1,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate41.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/lines",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.untracked !== undefined){
let data3 = data.untracked;
if(Array.isArray(data3)){
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
if(!(validate29(data3[i1], {instancePath:instancePath+"/untracked/" + i1,parentData:data3,parentDataProperty:i1,rootData}))){
vErrors ??= [];
for (const error of validate29.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/untracked",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.meta !== undefined){
if(!(validate31(data.meta, {instancePath:instancePath+"/meta",parentData:data,parentDataProperty:"meta",rootData}))){
vErrors ??= [];
for (const error of validate31.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err6);
}
validate39.errors = vErrors;
return errors === 0;
}

export const validateInventoryShortage = validate45;
const schema17 = {"type":"object","required":["orderId","lines","untracked","short","meta"],"properties":{"orderId":{"$ref":"OrderId"},"lines":{"type":"array","items":{"$ref":"Quantity"}},"untracked":{"type":"array","items":{"$ref":"Line"}},"short":{"type":"array","minItems":1,"items":{"$ref":"Shortage"}},"meta":{"$ref":"Meta"}},"$id":"InventoryShortage"};
const schema18 = {"type":"object","required":["productId","name","quantity","available"],"properties":{"productId":{"type":"string"},"name":{"type":"string"},"quantity":{"type":"integer"},"available":{"type":"integer"}},"$id":"Shortage"};

function validate49(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Shortage" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.productId === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "productId"}};
errors = (vErrors ??= []).push(err0);
}
if(data.name === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "name"}};
errors = (vErrors ??= []).push(err1);
}
if(data.quantity === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "quantity"}};
errors = (vErrors ??= []).push(err2);
}
if(data.available === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "available"}};
errors = (vErrors ??= []).push(err3);
}
if(data.productId !== undefined){
if(typeof data.productId !== "string"){
const err4 = {instancePath:instancePath+"/productId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
const err5 = {instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.quantity !== undefined){
let data2 = data.quantity;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err6 = {instancePath:instancePath+"/quantity",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err6);
}
}
if(data.available !== undefined){
let data3 = data.available;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err7 = {instancePath:instancePath+"/available",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err7);
}
}
}
else {
const err8 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err8);
}
validate49.errors = vErrors;
return errors === 0;
}


function validate45(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="InventoryShortage" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.orderId === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "orderId"}};
errors = (vErrors ??= []).push(err0);
}
if(data.lines === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "lines"}};
errors = (vErrors ??= []).push(err1);
}
if(data.untracked === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "untracked"}};
errors = (vErrors ??= []).push(err2);
}
if(data.short === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "short"}};
errors = (vErrors ??= []).push(err3);
}
if(data.meta === undefined){
const err4 = {instancePath,keyword:"required",params:{missingProperty: "meta"}};
errors = (vErrors ??= []).push(err4);
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, {instancePath:instancePath+"/orderId",parentData:data,parentDataProperty:"orderId",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.lines !== undefined){
let data1 = data.lines;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate41(data1[i0], {instancePath:instancePath+"/lines/" + i0,parentData:data1,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate41.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/lines",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.untracked !== undefined){
let data3 = data.untracked;
if(Array.isArray(data3)){
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
if(!(validate29(data3[i1], {instancePath:instancePath+"/untracked/" + i1,parentData:data3,parentDataProperty:i1,rootData}))){
vErrors ??= [];
for (const error of validate29.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/untracked",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err6);
}
}
if(data.short !== undefined){
let data5 = data.short;
if(Array.isArray(data5)){
if(data5.length < 1){
const err7 = {instancePath:instancePath+"/short",keyword:"minItems",params:{limit: 1}};
errors = (vErrors ??= []).push(err7);
}
const len2 = data5.length;
for(let i2=0; i2<len2; i2++){
if(!(validate49(data5[i2], {instancePath:instancePath+"/short/" + i2,parentData:data5,parentDataProperty:i2,rootData}))){
vErrors ??= [];
for (const error of validate49.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath:instancePath+"/short",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err8);
}
}
if(data.meta !== undefined){
if(!(validate31(data.meta, {instancePath:instancePath+"/meta",parentData:data,parentDataProperty:"meta",rootData}))){
vErrors ??= [];
for (const error of validate31.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err9 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err9);
}
validate45.errors = vErrors;
return errors === 0;
}

export const validateDocumentGenerated = validate52;
const schema19 = {"type":"object","required":["orderId","bucket","key","meta"],"properties":{"orderId":{"$ref":"OrderId"},"bucket":{"type":"string"},"key":{"type":"string"},"meta":{"$ref":"Meta"}},"$id":"DocumentGenerated"};

function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="DocumentGenerated" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.orderId === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "orderId"}};
errors = (vErrors ??= []).push(err0);
}
if(data.bucket === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "bucket"}};
errors = (vErrors ??= []).push(err1);
}
if(data.key === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "key"}};
errors = (vErrors ??= []).push(err2);
}
if(data.meta === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "meta"}};
errors = (vErrors ??= []).push(err3);
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, {instancePath:instancePath+"/orderId",parentData:data,parentDataProperty:"orderId",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.bucket !== undefined){
if(typeof data.bucket !== "string"){
const err4 = {instancePath:instancePath+"/bucket",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.key !== undefined){
if(typeof data.key !== "string"){
const err5 = {instancePath:instancePath+"/key",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.meta !== undefined){
if(!(validate31(data.meta, {instancePath:instancePath+"/meta",parentData:data,parentDataProperty:"meta",rootData}))){
vErrors ??= [];
for (const error of validate31.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err6);
}
validate52.errors = vErrors;
return errors === 0;
}

export const validatePaymentUpdated = validate55;
const schema20 = {"type":"object","required":["orderId","version","payment","adjustments","isCanceled","isPending","meta"],"properties":{"orderId":{"$ref":"OrderId"},"version":{"type":"integer","minimum":1},"payment":{"type":"object","required":["provider","id","state","amount","currency"],"properties":{"provider":{"enum":["sandbox","stripe"]},"id":{"type":"string"},"state":{"enum":["authorized","captured","partially_refunded","refunded","voided"]},"amount":{"type":"integer"},"currency":{"type":"string"}}},"adjustments":{"type":"array","items":{"type":"object","required":["id","type","occurred_at","status","amount","currency"],"properties":{"id":{"type":"string"},"type":{"enum":["refund","cancellation","dispute"]},"occurred_at":{"type":"string","format":"date-time"},"status":{"enum":["pending","completed","failed"]},"amount":{"type":"integer"},"currency":{"type":"string"},"line_items":{"type":"array","items":{"type":"object","required":["id","quantity"],"properties":{"id":{"type":"string"},"quantity":{"type":"integer"}}}},"reason":{"type":"string"}},"x-null-is-absent":["line_items","reason"]}},"isCanceled":{"type":"boolean"},"isPending":{"type":"boolean"},"meta":{"$ref":"Meta"}},"$id":"PaymentUpdated"};

function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="PaymentUpdated" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.orderId === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "orderId"}};
errors = (vErrors ??= []).push(err0);
}
if(data.version === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "version"}};
errors = (vErrors ??= []).push(err1);
}
if(data.payment === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "payment"}};
errors = (vErrors ??= []).push(err2);
}
if(data.adjustments === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "adjustments"}};
errors = (vErrors ??= []).push(err3);
}
if(data.isCanceled === undefined){
const err4 = {instancePath,keyword:"required",params:{missingProperty: "isCanceled"}};
errors = (vErrors ??= []).push(err4);
}
if(data.isPending === undefined){
const err5 = {instancePath,keyword:"required",params:{missingProperty: "isPending"}};
errors = (vErrors ??= []).push(err5);
}
if(data.meta === undefined){
const err6 = {instancePath,keyword:"required",params:{missingProperty: "meta"}};
errors = (vErrors ??= []).push(err6);
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, {instancePath:instancePath+"/orderId",parentData:data,parentDataProperty:"orderId",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.version !== undefined){
let data1 = data.version;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err7 = {instancePath:instancePath+"/version",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err7);
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 1 || isNaN(data1)){
const err8 = {instancePath:instancePath+"/version",keyword:"minimum",params:{comparison: ">=", limit: 1}};
errors = (vErrors ??= []).push(err8);
}
}
}
if(data.payment !== undefined){
let data2 = data.payment;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.provider === undefined){
const err9 = {instancePath:instancePath+"/payment",keyword:"required",params:{missingProperty: "provider"}};
errors = (vErrors ??= []).push(err9);
}
if(data2.id === undefined){
const err10 = {instancePath:instancePath+"/payment",keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err10);
}
if(data2.state === undefined){
const err11 = {instancePath:instancePath+"/payment",keyword:"required",params:{missingProperty: "state"}};
errors = (vErrors ??= []).push(err11);
}
if(data2.amount === undefined){
const err12 = {instancePath:instancePath+"/payment",keyword:"required",params:{missingProperty: "amount"}};
errors = (vErrors ??= []).push(err12);
}
if(data2.currency === undefined){
const err13 = {instancePath:instancePath+"/payment",keyword:"required",params:{missingProperty: "currency"}};
errors = (vErrors ??= []).push(err13);
}
if(data2.provider !== undefined){
let data3 = data2.provider;
if(!((data3 === "sandbox") || (data3 === "stripe"))){
const err14 = {instancePath:instancePath+"/payment/provider",keyword:"enum",params:{allowedValues: schema20.properties.payment.properties.provider.enum}};
errors = (vErrors ??= []).push(err14);
}
}
if(data2.id !== undefined){
if(typeof data2.id !== "string"){
const err15 = {instancePath:instancePath+"/payment/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err15);
}
}
if(data2.state !== undefined){
let data5 = data2.state;
if(!(((((data5 === "authorized") || (data5 === "captured")) || (data5 === "partially_refunded")) || (data5 === "refunded")) || (data5 === "voided"))){
const err16 = {instancePath:instancePath+"/payment/state",keyword:"enum",params:{allowedValues: schema20.properties.payment.properties.state.enum}};
errors = (vErrors ??= []).push(err16);
}
}
if(data2.amount !== undefined){
let data6 = data2.amount;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err17 = {instancePath:instancePath+"/payment/amount",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err17);
}
}
if(data2.currency !== undefined){
if(typeof data2.currency !== "string"){
const err18 = {instancePath:instancePath+"/payment/currency",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err18);
}
}
}
else {
const err19 = {instancePath:instancePath+"/payment",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err19);
}
}
if(data.adjustments !== undefined){
let data8 = data.adjustments;
if(Array.isArray(data8)){
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.id === undefined){
const err20 = {instancePath:instancePath+"/adjustments/" + i0,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err20);
}
if(data9.type === undefined){
const err21 = {instancePath:instancePath+"/adjustments/" + i0,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err21);
}
if(data9.occurred_at === undefined){
const err22 = {instancePath:instancePath+"/adjustments/" + i0,keyword:"required",params:{missingProperty: "occurred_at"}};
errors = (vErrors ??= []).push(err22);
}
if(data9.status === undefined){
const err23 = {instancePath:instancePath+"/adjustments/" + i0,keyword:"required",params:{missingProperty: "status"}};
errors = (vErrors ??= []).push(err23);
}
if(data9.amount === undefined){
const err24 = {instancePath:instancePath+"/adjustments/" + i0,keyword:"required",params:{missingProperty: "amount"}};
errors = (vErrors ??= []).push(err24);
}
if(data9.currency === undefined){
const err25 = {instancePath:instancePath+"/adjustments/" + i0,keyword:"required",params:{missingProperty: "currency"}};
errors = (vErrors ??= []).push(err25);
}
if(data9.id !== undefined){
if(typeof data9.id !== "string"){
const err26 = {instancePath:instancePath+"/adjustments/" + i0+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err26);
}
}
if(data9.type !== undefined){
let data11 = data9.type;
if(!(((data11 === "refund") || (data11 === "cancellation")) || (data11 === "dispute"))){
const err27 = {instancePath:instancePath+"/adjustments/" + i0+"/type",keyword:"enum",params:{allowedValues: schema20.properties.adjustments.items.properties.type.enum}};
errors = (vErrors ??= []).push(err27);
}
}
if(data9.occurred_at !== undefined){
let data12 = data9.occurred_at;
if(typeof data12 === "string"){
if(!(formats0.test(data12))){
const err28 = {instancePath:instancePath+"/adjustments/" + i0+"/occurred_at",keyword:"format",params:{format: "date-time"}};
errors = (vErrors ??= []).push(err28);
}
}
else {
const err29 = {instancePath:instancePath+"/adjustments/" + i0+"/occurred_at",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err29);
}
}
if(data9.status !== undefined){
let data13 = data9.status;
if(!(((data13 === "pending") || (data13 === "completed")) || (data13 === "failed"))){
const err30 = {instancePath:instancePath+"/adjustments/" + i0+"/status",keyword:"enum",params:{allowedValues: schema20.properties.adjustments.items.properties.status.enum}};
errors = (vErrors ??= []).push(err30);
}
}
if(data9.amount !== undefined){
let data14 = data9.amount;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err31 = {instancePath:instancePath+"/adjustments/" + i0+"/amount",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err31);
}
}
if(data9.currency !== undefined){
if(typeof data9.currency !== "string"){
const err32 = {instancePath:instancePath+"/adjustments/" + i0+"/currency",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err32);
}
}
if(data9.line_items !== undefined){
let data16 = data9.line_items;
if(Array.isArray(data16)){
const len1 = data16.length;
for(let i1=0; i1<len1; i1++){
let data17 = data16[i1];
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(data17.id === undefined){
const err33 = {instancePath:instancePath+"/adjustments/" + i0+"/line_items/" + i1,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err33);
}
if(data17.quantity === undefined){
const err34 = {instancePath:instancePath+"/adjustments/" + i0+"/line_items/" + i1,keyword:"required",params:{missingProperty: "quantity"}};
errors = (vErrors ??= []).push(err34);
}
if(data17.id !== undefined){
if(typeof data17.id !== "string"){
const err35 = {instancePath:instancePath+"/adjustments/" + i0+"/line_items/" + i1+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err35);
}
}
if(data17.quantity !== undefined){
let data19 = data17.quantity;
if(!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))){
const err36 = {instancePath:instancePath+"/adjustments/" + i0+"/line_items/" + i1+"/quantity",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err36);
}
}
}
else {
const err37 = {instancePath:instancePath+"/adjustments/" + i0+"/line_items/" + i1,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err37);
}
}
}
else {
const err38 = {instancePath:instancePath+"/adjustments/" + i0+"/line_items",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err38);
}
}
if(data9.reason !== undefined){
if(typeof data9.reason !== "string"){
const err39 = {instancePath:instancePath+"/adjustments/" + i0+"/reason",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err39);
}
}
}
else {
const err40 = {instancePath:instancePath+"/adjustments/" + i0,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err40);
}
}
}
else {
const err41 = {instancePath:instancePath+"/adjustments",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err41);
}
}
if(data.isCanceled !== undefined){
if(typeof data.isCanceled !== "boolean"){
const err42 = {instancePath:instancePath+"/isCanceled",keyword:"type",params:{type: "boolean"}};
errors = (vErrors ??= []).push(err42);
}
}
if(data.isPending !== undefined){
if(typeof data.isPending !== "boolean"){
const err43 = {instancePath:instancePath+"/isPending",keyword:"type",params:{type: "boolean"}};
errors = (vErrors ??= []).push(err43);
}
}
if(data.meta !== undefined){
if(!(validate31(data.meta, {instancePath:instancePath+"/meta",parentData:data,parentDataProperty:"meta",rootData}))){
vErrors ??= [];
for (const error of validate31.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err44 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err44);
}
validate55.errors = vErrors;
return errors === 0;
}

export const validateOrderUpdated = validate58;
const schema21 = {"type":"object","required":["orderId"],"properties":{"orderId":{"$ref":"OrderId"},"status":{"type":"string"},"line_items":{"type":"array","items":{"type":"object","required":["id"],"properties":{"id":{"type":"string"},"quantity":{"type":"object","properties":{"ordered":{"type":"integer"},"current":{"type":"integer"},"fulfilled":{"type":"integer"}},"x-null-is-absent":["ordered","current","fulfilled"]}},"x-null-is-absent":["quantity"]}},"fulfillments":{"type":"array","items":{"type":"object","required":["id"],"properties":{"id":{"type":"string"},"type":{"type":"string"},"status":{"type":"string"},"line_items":{"type":"array","items":{"$ref":"Pieces"}},"carrier":{"type":"string"},"tracking_number":{"type":"string"},"tracking_url":{"type":"string"},"events":{"type":"array","items":{"type":"object"}}},"x-null-is-absent":["type","status","line_items","carrier","tracking_number","tracking_url","events"]}},"adjustments":{"type":"array","items":{"type":"object"}},"estimated_delivery":{"type":"object"},"notes":{"type":"array","items":{"type":"object","required":["id","text"],"properties":{"id":{"type":"string"},"text":{"type":"string"}}}},"meta":{"type":"object","properties":{"correlationId":{"type":"string"},"occurredAt":{"$ref":"OccurredAt"},"version":{"type":"integer"},"change":{"$ref":"OrderChange"}},"x-null-is-absent":["correlationId","occurredAt","version","change"]}},"x-null-is-absent":["status","line_items","fulfillments","adjustments","estimated_delivery","notes","meta"],"$id":"OrderUpdated"};
const schema22 = {"type":"object","required":["id","quantity"],"properties":{"id":{"type":"string"},"quantity":{"type":"integer"}},"$id":"Pieces"};

function validate60(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Pieces" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err0);
}
if(data.quantity === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "quantity"}};
errors = (vErrors ??= []).push(err1);
}
if(data.id !== undefined){
if(typeof data.id !== "string"){
const err2 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.quantity !== undefined){
let data1 = data.quantity;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err3 = {instancePath:instancePath+"/quantity",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err3);
}
}
}
else {
const err4 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err4);
}
validate60.errors = vErrors;
return errors === 0;
}

const schema23 = {"type":"object","required":["type","id"],"properties":{"type":{"enum":["fulfillment","cancellation","note","payment"]},"id":{"type":"string"},"status":{"type":"string"},"sequence":{"type":"integer"},"lines":{"type":"array","items":{"type":"object","required":["id","name","quantity"],"properties":{"id":{"type":"string"},"productId":{"type":"string"},"name":{"type":"string"},"quantity":{"type":"integer"}},"x-null-is-absent":["productId"]}},"carrier":{"type":"string"},"trackingNumber":{"type":"string"},"trackingUrl":{"type":"string"},"reason":{"type":"string"},"text":{"type":"string"},"audience":{"enum":["internal","customer"]}},"x-null-is-absent":["status","sequence","lines","carrier","trackingNumber","trackingUrl","reason","text","audience"],"$id":"OrderChange"};

function validate63(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="OrderChange" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err0);
}
if(data.id === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err1);
}
if(data.type !== undefined){
let data0 = data.type;
if(!((((data0 === "fulfillment") || (data0 === "cancellation")) || (data0 === "note")) || (data0 === "payment"))){
const err2 = {instancePath:instancePath+"/type",keyword:"enum",params:{allowedValues: schema23.properties.type.enum}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.id !== undefined){
if(typeof data.id !== "string"){
const err3 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.status !== undefined){
if(typeof data.status !== "string"){
const err4 = {instancePath:instancePath+"/status",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.sequence !== undefined){
let data3 = data.sequence;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err5 = {instancePath:instancePath+"/sequence",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.lines !== undefined){
let data4 = data.lines;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.id === undefined){
const err6 = {instancePath:instancePath+"/lines/" + i0,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err6);
}
if(data5.name === undefined){
const err7 = {instancePath:instancePath+"/lines/" + i0,keyword:"required",params:{missingProperty: "name"}};
errors = (vErrors ??= []).push(err7);
}
if(data5.quantity === undefined){
const err8 = {instancePath:instancePath+"/lines/" + i0,keyword:"required",params:{missingProperty: "quantity"}};
errors = (vErrors ??= []).push(err8);
}
if(data5.id !== undefined){
if(typeof data5.id !== "string"){
const err9 = {instancePath:instancePath+"/lines/" + i0+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err9);
}
}
if(data5.productId !== undefined){
if(typeof data5.productId !== "string"){
const err10 = {instancePath:instancePath+"/lines/" + i0+"/productId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err10);
}
}
if(data5.name !== undefined){
if(typeof data5.name !== "string"){
const err11 = {instancePath:instancePath+"/lines/" + i0+"/name",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err11);
}
}
if(data5.quantity !== undefined){
let data9 = data5.quantity;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
const err12 = {instancePath:instancePath+"/lines/" + i0+"/quantity",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err12);
}
}
}
else {
const err13 = {instancePath:instancePath+"/lines/" + i0,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err13);
}
}
}
else {
const err14 = {instancePath:instancePath+"/lines",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err14);
}
}
if(data.carrier !== undefined){
if(typeof data.carrier !== "string"){
const err15 = {instancePath:instancePath+"/carrier",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err15);
}
}
if(data.trackingNumber !== undefined){
if(typeof data.trackingNumber !== "string"){
const err16 = {instancePath:instancePath+"/trackingNumber",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err16);
}
}
if(data.trackingUrl !== undefined){
if(typeof data.trackingUrl !== "string"){
const err17 = {instancePath:instancePath+"/trackingUrl",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err17);
}
}
if(data.reason !== undefined){
if(typeof data.reason !== "string"){
const err18 = {instancePath:instancePath+"/reason",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err18);
}
}
if(data.text !== undefined){
if(typeof data.text !== "string"){
const err19 = {instancePath:instancePath+"/text",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err19);
}
}
if(data.audience !== undefined){
let data15 = data.audience;
if(!((data15 === "internal") || (data15 === "customer"))){
const err20 = {instancePath:instancePath+"/audience",keyword:"enum",params:{allowedValues: schema23.properties.audience.enum}};
errors = (vErrors ??= []).push(err20);
}
}
}
else {
const err21 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err21);
}
validate63.errors = vErrors;
return errors === 0;
}


function validate58(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="OrderUpdated" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.orderId === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "orderId"}};
errors = (vErrors ??= []).push(err0);
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, {instancePath:instancePath+"/orderId",parentData:data,parentDataProperty:"orderId",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.status !== undefined){
if(typeof data.status !== "string"){
const err1 = {instancePath:instancePath+"/status",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
}
if(data.line_items !== undefined){
let data2 = data.line_items;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.id === undefined){
const err2 = {instancePath:instancePath+"/line_items/" + i0,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err2);
}
if(data3.id !== undefined){
if(typeof data3.id !== "string"){
const err3 = {instancePath:instancePath+"/line_items/" + i0+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err3);
}
}
if(data3.quantity !== undefined){
let data5 = data3.quantity;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.ordered !== undefined){
let data6 = data5.ordered;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err4 = {instancePath:instancePath+"/line_items/" + i0+"/quantity/ordered",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err4);
}
}
if(data5.current !== undefined){
let data7 = data5.current;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err5 = {instancePath:instancePath+"/line_items/" + i0+"/quantity/current",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data5.fulfilled !== undefined){
let data8 = data5.fulfilled;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
const err6 = {instancePath:instancePath+"/line_items/" + i0+"/quantity/fulfilled",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err6);
}
}
}
else {
const err7 = {instancePath:instancePath+"/line_items/" + i0+"/quantity",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err7);
}
}
}
else {
const err8 = {instancePath:instancePath+"/line_items/" + i0,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err8);
}
}
}
else {
const err9 = {instancePath:instancePath+"/line_items",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err9);
}
}
if(data.fulfillments !== undefined){
let data9 = data.fulfillments;
if(Array.isArray(data9)){
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.id === undefined){
const err10 = {instancePath:instancePath+"/fulfillments/" + i1,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err10);
}
if(data10.id !== undefined){
if(typeof data10.id !== "string"){
const err11 = {instancePath:instancePath+"/fulfillments/" + i1+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err11);
}
}
if(data10.type !== undefined){
if(typeof data10.type !== "string"){
const err12 = {instancePath:instancePath+"/fulfillments/" + i1+"/type",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err12);
}
}
if(data10.status !== undefined){
if(typeof data10.status !== "string"){
const err13 = {instancePath:instancePath+"/fulfillments/" + i1+"/status",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err13);
}
}
if(data10.line_items !== undefined){
let data14 = data10.line_items;
if(Array.isArray(data14)){
const len2 = data14.length;
for(let i2=0; i2<len2; i2++){
if(!(validate60(data14[i2], {instancePath:instancePath+"/fulfillments/" + i1+"/line_items/" + i2,parentData:data14,parentDataProperty:i2,rootData}))){
vErrors ??= [];
for (const error of validate60.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath:instancePath+"/fulfillments/" + i1+"/line_items",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err14);
}
}
if(data10.carrier !== undefined){
if(typeof data10.carrier !== "string"){
const err15 = {instancePath:instancePath+"/fulfillments/" + i1+"/carrier",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err15);
}
}
if(data10.tracking_number !== undefined){
if(typeof data10.tracking_number !== "string"){
const err16 = {instancePath:instancePath+"/fulfillments/" + i1+"/tracking_number",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err16);
}
}
if(data10.tracking_url !== undefined){
if(typeof data10.tracking_url !== "string"){
const err17 = {instancePath:instancePath+"/fulfillments/" + i1+"/tracking_url",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err17);
}
}
if(data10.events !== undefined){
let data19 = data10.events;
if(Array.isArray(data19)){
const len3 = data19.length;
for(let i3=0; i3<len3; i3++){
let data20 = data19[i3];
if(!(data20 && typeof data20 == "object" && !Array.isArray(data20))){
const err18 = {instancePath:instancePath+"/fulfillments/" + i1+"/events/" + i3,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err18);
}
}
}
else {
const err19 = {instancePath:instancePath+"/fulfillments/" + i1+"/events",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err19);
}
}
}
else {
const err20 = {instancePath:instancePath+"/fulfillments/" + i1,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err20);
}
}
}
else {
const err21 = {instancePath:instancePath+"/fulfillments",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err21);
}
}
if(data.adjustments !== undefined){
let data21 = data.adjustments;
if(Array.isArray(data21)){
const len4 = data21.length;
for(let i4=0; i4<len4; i4++){
let data22 = data21[i4];
if(!(data22 && typeof data22 == "object" && !Array.isArray(data22))){
const err22 = {instancePath:instancePath+"/adjustments/" + i4,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err22);
}
}
}
else {
const err23 = {instancePath:instancePath+"/adjustments",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err23);
}
}
if(data.estimated_delivery !== undefined){
let data23 = data.estimated_delivery;
if(!(data23 && typeof data23 == "object" && !Array.isArray(data23))){
const err24 = {instancePath:instancePath+"/estimated_delivery",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err24);
}
}
if(data.notes !== undefined){
let data24 = data.notes;
if(Array.isArray(data24)){
const len5 = data24.length;
for(let i5=0; i5<len5; i5++){
let data25 = data24[i5];
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
if(data25.id === undefined){
const err25 = {instancePath:instancePath+"/notes/" + i5,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err25);
}
if(data25.text === undefined){
const err26 = {instancePath:instancePath+"/notes/" + i5,keyword:"required",params:{missingProperty: "text"}};
errors = (vErrors ??= []).push(err26);
}
if(data25.id !== undefined){
if(typeof data25.id !== "string"){
const err27 = {instancePath:instancePath+"/notes/" + i5+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err27);
}
}
if(data25.text !== undefined){
if(typeof data25.text !== "string"){
const err28 = {instancePath:instancePath+"/notes/" + i5+"/text",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err28);
}
}
}
else {
const err29 = {instancePath:instancePath+"/notes/" + i5,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err29);
}
}
}
else {
const err30 = {instancePath:instancePath+"/notes",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err30);
}
}
if(data.meta !== undefined){
let data28 = data.meta;
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
if(data28.correlationId !== undefined){
if(typeof data28.correlationId !== "string"){
const err31 = {instancePath:instancePath+"/meta/correlationId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err31);
}
}
if(data28.occurredAt !== undefined){
if(!(validate32(data28.occurredAt, {instancePath:instancePath+"/meta/occurredAt",parentData:data28,parentDataProperty:"occurredAt",rootData}))){
vErrors ??= [];
for (const error of validate32.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data28.version !== undefined){
let data31 = data28.version;
if(!(((typeof data31 == "number") && (!(data31 % 1) && !isNaN(data31))) && (isFinite(data31)))){
const err32 = {instancePath:instancePath+"/meta/version",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err32);
}
}
if(data28.change !== undefined){
if(!(validate63(data28.change, {instancePath:instancePath+"/meta/change",parentData:data28,parentDataProperty:"change",rootData}))){
vErrors ??= [];
for (const error of validate63.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err33 = {instancePath:instancePath+"/meta",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err33);
}
}
}
else {
const err34 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err34);
}
validate58.errors = vErrors;
return errors === 0;
}

export const validateProductUpdated = validate65;
const schema24 = {"type":"object","required":["productId","change","members","changeId","meta"],"properties":{"productId":{"type":"string"},"change":{"enum":["created","changed","deleted"]},"members":{"type":"array","items":{"type":"string"}},"product":{"type":"object","required":["productId","title","prices","availability"],"properties":{"productId":{"type":"string"},"title":{"type":"string"},"prices":{"type":"object","additionalProperties":{"type":"integer"},"x-null-is-absent":true},"availability":{"type":"string"}}},"sellable":{"type":"integer"},"changeId":{"type":"string"},"meta":{"type":"object","required":["correlationId"],"properties":{"correlationId":{"type":"string"},"occurredAt":{"$ref":"OccurredAt"}},"x-null-is-absent":["occurredAt"]}},"x-null-is-absent":["product","sellable"],"$id":"ProductUpdated"};

function validate65(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="ProductUpdated" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.productId === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "productId"}};
errors = (vErrors ??= []).push(err0);
}
if(data.change === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "change"}};
errors = (vErrors ??= []).push(err1);
}
if(data.members === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "members"}};
errors = (vErrors ??= []).push(err2);
}
if(data.changeId === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "changeId"}};
errors = (vErrors ??= []).push(err3);
}
if(data.meta === undefined){
const err4 = {instancePath,keyword:"required",params:{missingProperty: "meta"}};
errors = (vErrors ??= []).push(err4);
}
if(data.productId !== undefined){
if(typeof data.productId !== "string"){
const err5 = {instancePath:instancePath+"/productId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.change !== undefined){
let data1 = data.change;
if(!(((data1 === "created") || (data1 === "changed")) || (data1 === "deleted"))){
const err6 = {instancePath:instancePath+"/change",keyword:"enum",params:{allowedValues: schema24.properties.change.enum}};
errors = (vErrors ??= []).push(err6);
}
}
if(data.members !== undefined){
let data2 = data.members;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(typeof data2[i0] !== "string"){
const err7 = {instancePath:instancePath+"/members/" + i0,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err7);
}
}
}
else {
const err8 = {instancePath:instancePath+"/members",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err8);
}
}
if(data.product !== undefined){
let data4 = data.product;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.productId === undefined){
const err9 = {instancePath:instancePath+"/product",keyword:"required",params:{missingProperty: "productId"}};
errors = (vErrors ??= []).push(err9);
}
if(data4.title === undefined){
const err10 = {instancePath:instancePath+"/product",keyword:"required",params:{missingProperty: "title"}};
errors = (vErrors ??= []).push(err10);
}
if(data4.prices === undefined){
const err11 = {instancePath:instancePath+"/product",keyword:"required",params:{missingProperty: "prices"}};
errors = (vErrors ??= []).push(err11);
}
if(data4.availability === undefined){
const err12 = {instancePath:instancePath+"/product",keyword:"required",params:{missingProperty: "availability"}};
errors = (vErrors ??= []).push(err12);
}
if(data4.productId !== undefined){
if(typeof data4.productId !== "string"){
const err13 = {instancePath:instancePath+"/product/productId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err13);
}
}
if(data4.title !== undefined){
if(typeof data4.title !== "string"){
const err14 = {instancePath:instancePath+"/product/title",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err14);
}
}
if(data4.prices !== undefined){
let data7 = data4.prices;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key0 in data7){
let data8 = data7[key0];
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
const err15 = {instancePath:instancePath+"/product/prices/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err15);
}
}
}
else {
const err16 = {instancePath:instancePath+"/product/prices",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err16);
}
}
if(data4.availability !== undefined){
if(typeof data4.availability !== "string"){
const err17 = {instancePath:instancePath+"/product/availability",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err17);
}
}
}
else {
const err18 = {instancePath:instancePath+"/product",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err18);
}
}
if(data.sellable !== undefined){
let data10 = data.sellable;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err19 = {instancePath:instancePath+"/sellable",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err19);
}
}
if(data.changeId !== undefined){
if(typeof data.changeId !== "string"){
const err20 = {instancePath:instancePath+"/changeId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err20);
}
}
if(data.meta !== undefined){
let data12 = data.meta;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.correlationId === undefined){
const err21 = {instancePath:instancePath+"/meta",keyword:"required",params:{missingProperty: "correlationId"}};
errors = (vErrors ??= []).push(err21);
}
if(data12.correlationId !== undefined){
if(typeof data12.correlationId !== "string"){
const err22 = {instancePath:instancePath+"/meta/correlationId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err22);
}
}
if(data12.occurredAt !== undefined){
if(!(validate32(data12.occurredAt, {instancePath:instancePath+"/meta/occurredAt",parentData:data12,parentDataProperty:"occurredAt",rootData}))){
vErrors ??= [];
for (const error of validate32.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err23 = {instancePath:instancePath+"/meta",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err23);
}
}
}
else {
const err24 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err24);
}
validate65.errors = vErrors;
return errors === 0;
}

export const rules = {
    "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$": "must be 1 to 64 letters, digits or . _ - and begin with a letter or digit"
};
